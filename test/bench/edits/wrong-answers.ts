import { type AskedEdit, answerOf, type Codes } from "./answers.ts"
import type { EditTask } from "./read-tasks.ts"

/** Answers and documents for which refusing is right, and landing anything is wrong. `others` are codes of other targets of the file. */
export function wrongAnswers(task: EditTask, codes: Codes, others: readonly Codes[]): readonly AskedEdit[] {
  const perfect = answerOf(task, codes)
  const wrong = (form: string, answer: string, now: string = task.before): AskedEdit => ({
    task,
    form,
    answer,
    now,
    after: null,
  })
  const all = [
    wrong("half", perfect.slice(0, Math.floor(perfect.length * 0.6))),
    wrong("nothing", " \n"),
    wrong("only prose", `I would ${task.title}, but I need to see more of the file first.\n`),
    wrong("5 MB", perfect + "x".repeat(5_000_000)),
    wrong(
      "left out",
      answerOf(task, { ...codes, fresh: `${codes.fresh}\n${mark(task)} ... rest of the code unchanged` }),
    ),
    wrong("secret", answerOf(task, { ...codes, fresh: `${codes.fresh}\n${mark(task)} <hidden:token:7>` })),
    wrong("edited inside", perfect, editedInside(task)),
    wrong("broken", answerOf(task, { ...codes, fresh: `${codes.fresh}\n}}} (` })),
  ]
  return (
    [...all, ...(task.form === "rewrite" ? wrongRewrites(task, codes, others) : wrongBlocks(task, codes))]
      // Each must be wrong, so each says something else than what is right.
      .filter(each => each.answer !== perfect || each.now !== task.before)
  )
}

function mark({ path }: EditTask): string {
  return path.endsWith(".py") ? "#" : "//"
}

/** The file after its user wrote into the very lines that the model changes. */
function editedInside(task: EditTask): string {
  const [first = "", ...rest] = task.old.split("\n")
  return task.before.replace(task.old, () => [`${first} ${mark(task)} mine`, ...rest].join("\n"))
}

function wrongRewrites(task: EditTask, codes: Codes, others: readonly Codes[]): readonly AskedEdit[] {
  const wrong = (form: string, answer: string): AskedEdit => ({
    task,
    form,
    answer,
    now: task.before,
    after: null,
  })
  const [other] = others
  if (other === undefined) return []
  const wider = changedElsewhere(task, codes, other)
  return [
    wrong("wrong function", answerOf(task, { old: "", fresh: other.fresh })),
    ...(wider === null ? [] : [wrong("more than asked", answerOf(task, { old: "", fresh: wider }))]),
  ]
}

/** The whole file with the right edit, and with one that nobody asked for; null if that would be within the target. */
function changedElsewhere({ after }: EditTask, codes: Codes, other: Codes): string | null {
  const fresh = after.replace(other.old, () => other.fresh)
  return codes.old.includes(other.old) || fresh === after ? null : fresh
}

function wrongBlocks(task: EditTask, codes: Codes): readonly AskedEdit[] {
  const twice = `${task.before}\n${task.old}\n`
  const answer = answerOf(task, codes)
  const make = (form: string, text: string, before: string = task.before): AskedEdit => ({
    task: { ...task, before },
    form,
    answer: text,
    now: before,
    after: null,
  })
  return [
    make("anchor twice", answer, twice),
    make("outside", answer.replace(task.path, "../../etc/passwd")),
    make("absolute", answer.replace(task.path, "/etc/passwd")),
    make("not shown", answer.replace(task.path, "src/other.ts")),
    make("denied", answer.replace(task.path, ".env")),
    make("overlapping", answer + answerOf(task, { old: codes.old, fresh: "" })),
    make("not there", answerOf(task, { ...codes, old: `${codes.old}\nnot in the file at all` })),
  ]
}
