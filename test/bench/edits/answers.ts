import type { EditTask } from "./read-tasks.ts"

/** What a model was asked, what it answers, and what the file has become and is to become. */
export interface AskedEdit {
  readonly task: EditTask
  readonly form: string
  readonly answer: string
  readonly now: string
  /** Null where nothing may land. */
  readonly after: string | null
}

/** A target as the model sees it and as it is to answer it. */
export interface Codes {
  readonly old: string
  readonly fresh: string
}

/** The forms in which models give the right answer. */
export function rightAnswers(task: EditTask, codes: Codes): readonly AskedEdit[] {
  const { before, after } = task
  const perfect = answerOf(task, codes)
  const other = { old: reindented(codes.old), fresh: reindented(codes.fresh, codes.old) }
  const whole = answerOf(task, { old: before, fresh: after.replace(/\n$/, "") })
  const wider = { task, form: "the whole file", answer: whole, now: before, after }
  return [
    ...(task.form === "rewrite" ? [wider] : []),
    { task, form: "perfect", answer: perfect, now: before, after },
    { task, form: "re-indented", answer: answerOf(task, other), now: before, after },
    { task, form: "in prose", answer: inProse(task, perfect), now: before, after },
    { task, form: "moved", answer: perfect, now: moved(task, before), after: moved(task, after) },
  ]
}

/** An answer in the form the task asks for. */
export function answerOf({ form, path }: EditTask, { old, fresh }: Codes): string {
  if (form === "rewrite") return `\`\`\`${path.split(".")[1]}\n${fresh}\n\`\`\`\n`
  return `FILE: ${path}\n<<<<<<< SEARCH\n${old}\n=======\n${fresh}\n>>>>>>> REPLACE\n`
}

/** Code as models like to indent it: from the first column, with steps of another size. `like` is where it begins. */
function reindented(code: string, like: string = code): string {
  const columns = (line: string): number => /^\s*/.exec(line)![0].replaceAll("\t", "    ").length
  const filled = like.split("\n").filter(line => line.trim() !== "")
  const base = Math.min(...filled.map(columns))
  const hasTwo = code.split("\n").some(line => (columns(line) - base) % 4 !== 0)
  const step = hasTwo || code.includes("\t") ? 4 : 2
  return code
    .split("\n")
    .map(line => {
      const beyond = Math.max(0, columns(line) - base)
      const steps = beyond / (hasTwo ? 2 : 4)
      return line.trim() === "" ? "" : " ".repeat(Math.round(steps * step)) + line.trimStart()
    })
    .join("\n")
}

function inProse({ form, title, path }: EditTask, answer: string): string {
  const after = "This keeps what callers see. Note that `else` and the rest of the file stay as they are.\n"
  if (form === "rewrite") return `Sure! Here is how to ${title}:\n\n${answer}\n${after}`
  const body = answer.slice(answer.indexOf("\n") + 1)
  return `I will ${title} in one place.\n\nFILE: \`${path}\`\n\n\`\`\`\n${body}\`\`\`\n\n${after}`
}

/** The file after somebody wrote a line at its top and its end. */
function moved({ path }: EditTask, text: string): string {
  const mark = path.endsWith(".py") ? "#" : "//"
  return `${mark} Written meanwhile.\n${text}${mark} And this.\n`
}
