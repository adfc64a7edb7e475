import { relative } from "node:path"
import type { CliIo } from "./io.ts"
import { type Key, keysOf } from "./keys.ts"
import { completeAt, type OpenedProject, openText, type TimedCompletion } from "./opened-project.ts"
import type { SamplePlace } from "./sample-places.ts"
import { pressed, type Scratch, typed } from "./scratch.ts"
import { draw, enterScreen, leaveScreen, pageOf, scrolled } from "./try-screen.ts"

/** Places looked at for one that has a suggestion; each costs a few ms. */
const MOST_TRIES = 30

/** Plays on the terminal until the user leaves; the terminal is given back as it was, however it ends. */
export async function runPlayground(
  opened: OpenedProject,
  places: readonly SamplePlace[],
  io: CliIo,
): Promise<void> {
  const playground = new Playground(opened, places, io)
  const restore = (): void => {
    io.stdin.setRawMode?.(false)
    io.stdout(leaveScreen)
  }
  const stay = io.onLeave(restore)
  const unsubscribe = opened.project.onProgress(() => playground.refresh())
  void opened.project.indexed.then(() => playground.begin())
  io.stdin.setRawMode?.(true)
  io.stdin.setEncoding("utf8")
  io.stdout(enterScreen)
  try {
    playground.refresh()
    await playground.played()
  } finally {
    unsubscribe()
    stay()
    restore()
  }
}

/** One game: the scratch, what is suggested in it, and the screen. */
class Playground {
  readonly #opened: OpenedProject
  readonly #places: readonly SamplePlace[]
  readonly #io: CliIo
  #place = 0
  #scratch: Scratch
  #completion: TimedCompletion | null = null
  #top = 0
  #touched = false
  #left = false

  constructor(opened: OpenedProject, places: readonly SamplePlace[], io: CliIo) {
    this.#opened = opened
    this.#places = places
    this.#io = io
    this.#scratch = this.#openPlace()
  }

  /** Reads keys until one of them leaves or the input ends. */
  async played(): Promise<void> {
    for await (const input of this.#io.stdin as AsyncIterable<string>) {
      for (const key of keysOf(input)) this.#press(key)
      if (this.#left) return
      this.refresh()
    }
    this.#left = true
  }

  /** Draws anew now that the whole project is known; goes where there is something to see if no key was pressed yet. */
  begin(): void {
    if (!this.#left && !this.#touched && this.#ghost() === "") this.#next()
    this.refresh()
  }

  /** Asks again and draws. */
  refresh(): void {
    if (this.#left) return
    const { document, offset } = this.#scratch
    this.#completion = completeAt(this.#opened, document, offset)
    const { columns, rows } = this.#io.size()
    this.#top = scrolled(this.#top, document.lines.lineAt(offset), rows)
    const ghost = this.#ghost()
    this.#io.stdout(
      draw({ scratch: this.#scratch, ghost, top: this.#top, status: this.#status(), columns, rows }),
    )
  }

  #press(key: Key): void {
    this.#touched = true
    if ("text" in key) this.#scratch = typed(this.#scratch, key.text)
    else if (key.name === "leave") this.#left = true
    else if (key.name === "tab") this.#scratch = typed(this.#scratch, this.#ghost() || "  ")
    else if (key.name === "next") this.#next()
    else this.#scratch = pressed(this.#scratch, key.name, pageOf(this.#io.size().rows))
    // What was suggested for the text before this key must not be accepted by the next one.
    this.#completion = null
  }

  /** Goes to the next place where there is something to suggest, if one is near. */
  #next(): void {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      this.#opened.project.engine.close(this.#scratch.document.uri)
      this.#place = (this.#place + 1) % this.#places.length
      this.#scratch = this.#openPlace()
      if (completeAt(this.#opened, this.#scratch.document, this.#scratch.offset).silence === null) return
    }
  }

  #openPlace(): Scratch {
    const { path, text, offset } = this.#places[this.#place]!
    return { document: openText(this.#opened, path, text), offset }
  }

  #ghost(): string {
    return this.#completion?.suggestions[0]?.text ?? ""
  }

  #status(): string {
    const file = relative(this.#opened.root, this.#scratch.document.path ?? "")
    return [file, this.#verdict(), this.#indexing()].filter(part => part !== "").join("  ·  ")
  }

  #verdict(): string {
    if (this.#completion === null) return ""
    const { suggestions, silence, milliseconds } = this.#completion
    const took = `${milliseconds.toFixed(1)} ms`
    const [suggestion] = suggestions
    if (suggestion === undefined) return `no suggestion: ${silence}, ${took}`
    return `${suggestion.source}, ${Math.round(suggestion.confidence * 100)} % sure, ${took}`
  }

  #indexing(): string {
    const { files } = this.#opened.project.workspace.stats()
    return `${files} files known`
  }
}
