import { yieldToLoop } from "../../../base/time-slice.ts"
import { CodeReader, type CodeText } from "./code-text.ts"
import { type Refused, refused } from "./draft.ts"
import type { ShownFile } from "./landing.ts"

/** A file whose texts are read. */
export interface OpenFile extends Pick<ShownFile, "path" | "language"> {
  readonly kind: "open"
  readonly asked: CodeText
  readonly now: CodeText
  readonly reader: CodeReader
}

/** The files of one landing, each read once it is wanted. */
export class OpenFiles {
  readonly #readers: ReadonlyMap<ShownFile, CodeReader>
  readonly #open = new Map<ShownFile, OpenFile>()

  /** Copies the trees that are known at once. */
  constructor(files: readonly ShownFile[]) {
    this.#readers = new Map(files.map(file => [file, new CodeReader(file.parser, file.known)]))
  }

  /** One of the files, read; refused if it is too large for that. */
  async open(file: ShownFile): Promise<OpenFile | Refused> {
    const known = this.#open.get(file)
    if (known !== undefined) return known
    const reader = this.#readers.get(file)!
    const now = await reader.read(file.now)
    await yieldToLoop()
    const asked = file.asked === file.now ? now : await reader.read(file.asked)
    if (now === null || asked === null) return tooLarge(file.path)
    const open: OpenFile = { kind: "open", path: file.path, language: file.language, asked, now, reader }
    this.#open.set(file, open)
    await yieldToLoop()
    return open
  }

  /** Gives every tree up. */
  release(): void {
    for (const reader of this.#readers.values()) reader.release()
  }
}

/** What can't be read can't be checked, so nothing lands in it. */
export function tooLarge(path: string): Refused {
  return refused(`${path} is too large to check what the model wants to change in it; nothing was changed.`)
}
