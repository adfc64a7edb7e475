import { type AskedEdit, answerOf, type Codes } from "./answers.ts"
import type { EditTask } from "./read-tasks.ts"

/**
 * Right answers as models give them that heed nothing but the code, for tasks in files of other indentation. They were written
 * after the rules of landing and scored before any rule heeded them: 95.1 % landed, none was refused, and 8 of 162 landed
 * wrongly, all of them with new lines in a literal. What that led to was mended since, so they are no longer unseen.
 */
export function sloppyAnswers(task: EditTask, codes: Codes): readonly AskedEdit[] {
  const { before, after } = task
  const perfect = answerOf(task, codes)
  const answered = (form: string, answer: string): AskedEdit => ({ task, form, answer, now: before, after })
  const written = (write: (code: string) => string): string =>
    answerOf(task, { old: write(codes.old), fresh: write(codes.fresh) })
  return [
    answered("other indents", written(otherwiseIndented)),
    answered(
      "first line unindented",
      written(code => code.trimStart()),
    ),
    answered(
      "trailing spaces",
      written(code => code.replace(/$/gm, "  ")),
    ),
    answered("CRLF", perfect.replaceAll("\n", "\r\n")),
    answered("in a list", inList(perfect)),
    answered(
      "with an example",
      `For example:\n\n\`\`\`\nexample(1, 2)\n\`\`\`\n\nSo I would write:\n\n${perfect}`,
    ),
    ...(task.form === "rewrite" ? [answered("without a fence", withoutFence(codes.fresh))] : []),
  ]
}

/** Tabs become four spaces, and two spaces a tab, in literals too. */
function otherwiseIndented(code: string): string {
  const isInTabs = /^\t/m.test(code)
  return isInTabs
    ? code.replace(/^\t+/gm, tabs => "    ".repeat(tabs.length))
    : code.replace(/^(?: {2})+(?=\S)/gm, spaces => "\t".repeat(spaces.length / 2))
}

function inList(answer: string): string {
  const indented = answer.replace(/^(?=.)/gm, "   ")
  return `There are two things to note.\n\n1. This is what changes:\n\n${indented}\n2. All else stays.\n`
}

function withoutFence(code: string): string {
  return `Here is what I would write:\n\n${code}\n\nThis does the same as before, but (I think) more plainly.`
}
