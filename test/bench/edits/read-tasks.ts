import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { AnswerForm } from "../../../server/features/actions/landing/answer.ts"
import type { TargetKind } from "../../../server/features/actions/landing/target.ts"

/** One edit that somebody wrote by hand: in a file, these lines become those. */
export interface EditTask {
  readonly title: string
  readonly form: AnswerForm
  /** What a rewrite is asked for: a statement or a declaration. */
  readonly kind: TargetKind
  readonly path: string
  readonly before: string
  readonly after: string
  readonly old: string
  readonly fresh: string
}

/**
 * The tasks of a folder: `NAME.src` is a file, `NAME.tasks` its edits, each `### title | form kind`, lines as they are, `===`,
 * lines as they are to be. Throws Error where a task does not fit its file.
 */
export function readTasks(folder: string): readonly EditTask[] {
  const names = readdirSync(folder).filter(name => name.endsWith(".tasks"))
  return names.sort().flatMap(name => {
    const path = name.slice(0, -".tasks".length)
    const before = readFileSync(join(folder, `${path}.src`), "utf8")
    const [, ...parts] = readFileSync(join(folder, name), "utf8").split(/^### /m)
    return parts.map(part => taskIn(part, `src/${path}`, before))
  })
}

function taskIn(part: string, path: string, before: string): EditTask {
  const [head = "", ...lines] = part.split("\n")
  const [title = "", how = ""] = head.split(" | ")
  const [form, kind = "declaration"] = how.split(" ")
  const divider = lines.indexOf("===")
  const old = lines.slice(0, divider).join("\n")
  const fresh = lines.slice(divider + 1, -1).join("\n")
  if (form !== "rewrite" && form !== "blocks") throw new Error(`${path}: ${title}: no form`)
  if (divider < 1 || before.split(old).length !== 2) throw new Error(`${path}: ${title}: found not once`)
  const after = before.replace(old, () => fresh)
  return {
    title,
    form,
    kind: kind === "statement" ? "statement" : "declaration",
    path,
    before,
    after,
    old,
    fresh,
  }
}
