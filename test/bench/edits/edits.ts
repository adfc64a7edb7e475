import { join } from "node:path"
import { strictLog } from "../../../server/base/log.ts"
import { landAnswer } from "../../../server/features/actions/landing/land.ts"
import type { LandedFile, Landing } from "../../../server/features/actions/landing/landing.ts"
import { type Target, targetFor } from "../../../server/features/actions/landing/target.ts"
import { Languages } from "../../../server/syntax/languages.ts"
import type { LanguageManifest } from "../../../server/syntax/manifest.ts"
import { createNativeParsers } from "../../../server/syntax/native-parser.ts"
import type { Parser } from "../../../server/syntax/parser.ts"
import { readGrammars } from "../../../server/workspace/grammar-folder.ts"
import { packageLoader } from "../../../server/workspace/package-loader.ts"
import type { Bench, Figures } from "../bench.ts"
import { rounded, tableLines } from "../table.ts"
import { type AskedEdit, type Codes, rightAnswers } from "./answers.ts"
import { differentLines, editedLines } from "./lines.ts"
import { type EditTask, readTasks } from "./read-tasks.ts"
import { sloppyAnswers } from "./sloppy-answers.ts"
import { wrongAnswers } from "./wrong-answers.ts"

/** A task with what a model is shown of it. */
interface ShownTask {
  readonly task: EditTask
  readonly language: LanguageManifest
  readonly parser: Parser
  readonly target: Target | null
  readonly codes: Codes
}

type Outcome = "landed" | "refused" | "wrong"

/**
 * Lands the answers of a model to edits that were written by hand, with what is to come of them: right answers in four forms,
 * of which as many as can be are to land exactly, and wrong ones, of which none is to land. What lands in any other way
 * than was written, and whatever lands of a wrong answer, is landed wrongly.
 */
export const editsBench: Bench = async world => {
  const open = opener(join(world.repository, "grammars"))
  const tasksIn = (folder: string): readonly ShownTask[] =>
    readTasks(join(world.repository, "test/bench/edits", folder)).map(task => open(task))
  const shown = tasksIn("tasks")
  const heldOut = await allRun(tasksIn("held-out"), each => sloppyAnswers(each.task, each.codes))
  const right = await allRun(shown, each => rightAnswers(each.task, each.codes))
  const wrong = await allRun(shown, each => wrongAnswersTo(each, shown))
  for (const each of [...right, ...wrong, ...heldOut]) if (isOdd(each)) world.say(complaint(each))
  for (const line of tableLines(
    ["answer", "landed", "refused", "wrongly"],
    rowsOf([...right, ...wrong, ...heldOut]),
  ))
    world.say(line)
  return { ...figuresOf(shown.length, right, wrong), ...heldOutFigures(heldOut) }
}

function opener(grammars: string): (task: EditTask) => ShownTask {
  const languages = new Languages(readGrammars([grammars], strictLog()))
  const parsers = createNativeParsers(packageLoader([grammars]), strictLog())
  return task => {
    const language = languages.byPath(task.path)
    const parser = language && parsers.parserFor(language)
    if (language === null || parser === null) throw new Error(`no parser for ${task.path}`)
    const target = task.form === "rewrite" ? targetOf(task, language, parser) : null
    return { task, language, parser, target, codes: codesOf(task, target) }
  }
}

function targetOf(task: EditTask, language: LanguageManifest, parser: Parser): Target | null {
  const tree = parser.parse(task.before, null, Number.POSITIVE_INFINITY)
  const start = task.before.indexOf(task.old)
  const target = targetFor(task.before, tree, language, { start, end: start + task.old.length }, task.kind)
  tree?.release()
  return target
}

/** Throws Error if what the task changes is not within the target. */
function codesOf(task: EditTask, target: Target | null): Codes {
  if (target === null) return { old: task.old, fresh: task.fresh }
  const old = task.before.slice(target.start, target.end)
  if (!old.includes(task.old)) throw new Error(`${task.path}: ${task.title}: is not within the target`)
  return { old, fresh: old.replace(task.old, () => task.fresh) }
}

function wrongAnswersTo(shown: ShownTask, all: readonly ShownTask[]): readonly AskedEdit[] {
  const others = all.filter(
    each =>
      each.task.path === shown.task.path &&
      each.target?.name != null &&
      each.target.name !== shown.target?.name,
  )
  return wrongAnswers(
    shown.task,
    shown.codes,
    shown.target?.name == null ? [] : others.map(each => each.codes),
  )
}

interface Ran {
  readonly asked: AskedEdit
  readonly landing: Landing
  readonly outcome: Outcome
}

async function allRun(
  shown: readonly ShownTask[],
  answersTo: (task: ShownTask) => readonly AskedEdit[],
): Promise<readonly Ran[]> {
  const all: Ran[] = []
  for (const each of shown) for (const asked of answersTo(each)) all.push(await ran(each, asked))
  return all
}

async function ran({ language, parser, target }: ShownTask, asked: AskedEdit): Promise<Ran> {
  const { task, now, answer } = asked
  const landing = await landAnswer(answer, {
    form: task.form,
    files: [{ path: task.path, asked: task.before, now, language, parser, known: null }],
    target,
    mayRename: false,
    refusal: path => (path === ".env" ? "it holds secrets" : null),
    exists: () => true,
    grammarFor: () => ({ language, parser }),
    restore: text => text,
  })
  if (landing.kind === "refused") return { asked, landing, outcome: "refused" }
  return { asked, landing, outcome: isExactly(landing.files, asked) ? "landed" : "wrong" }
}

/** Whether the edits, applied one by one from the last, lead to the text written by hand. */
function isExactly(files: readonly LandedFile[], { now, after }: AskedEdit): boolean {
  const [file] = files
  if (file === undefined || files.length > 1 || after === null) return false
  const text = [...file.edits]
    .reverse()
    .reduce((rest, edit) => rest.slice(0, edit.start) + edit.text + rest.slice(edit.end), now)
  return text === after
}

function isOdd({ asked, outcome }: Ran): boolean {
  return outcome === "wrong" || (outcome === "refused" && asked.after !== null)
}

function complaint({ asked, landing, outcome }: Ran): string {
  const why =
    landing.kind === "refused" ? landing.reason : JSON.stringify(landing.files.map(file => file.edits))
  return `${outcome}: ${asked.task.path}, ${asked.task.title} (${asked.form}): ${why}`
}

function rowsOf(all: readonly Ran[]): readonly (readonly string[])[] {
  const forms = [...new Set(all.map(({ asked }) => asked.form))]
  return forms.map(form => {
    const these = all.filter(({ asked }) => asked.form === form)
    return [
      form,
      ...(["landed", "refused", "wrong"] as const).map(outcome => String(countOf(these, outcome))),
    ]
  })
}

function countOf(all: readonly Ran[], outcome: Outcome): number {
  return all.filter(each => each.outcome === outcome).length
}

function figuresOf(tasks: number, right: readonly Ran[], wrong: readonly Ran[]): Figures {
  const exact = right.filter(each => each.outcome === "landed")
  const edited = exact.reduce((sum, { asked, landing }) => sum + editedLines(asked.now, landing), 0)
  const different = exact.reduce((sum, { asked }) => sum + differentLines(asked.now, asked.after ?? ""), 0)
  return {
    tasks,
    answers: right.length,
    landed: rounded(exact.length / right.length),
    refused: rounded(countOf(right, "refused") / right.length),
    landedWrongly: countOf(right, "wrong") + countOf(wrong, "landed") + countOf(wrong, "wrong"),
    minimality: rounded(edited / different),
    wrongAnswers: wrong.length,
    wrongAnswersRefused: countOf(wrong, "refused"),
  }
}

function heldOutFigures(all: readonly Ran[]): Figures {
  return {
    heldOutAnswers: all.length,
    heldOutLanded: rounded(countOf(all, "landed") / all.length),
    heldOutRefused: rounded(countOf(all, "refused") / all.length),
    heldOutLandedWrongly: countOf(all, "wrong"),
  }
}
