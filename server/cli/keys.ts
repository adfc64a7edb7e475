/** What a key asks for. */
export type KeyName =
  | "up"
  | "down"
  | "left"
  | "right"
  | "home"
  | "end"
  | "page-up"
  | "page-down"
  | "enter"
  | "backspace"
  | "delete"
  | "tab"
  | "next"
  | "leave"

/** One key press: a name, or text to insert as it stands. */
export type Key = { readonly name: KeyName } | { readonly text: string }

const SEQUENCES: ReadonlyMap<string, KeyName> = new Map([
  ["[A", "up"],
  ["[B", "down"],
  ["[C", "right"],
  ["[D", "left"],
  ["[H", "home"],
  ["[F", "end"],
  ["[1~", "home"],
  ["[4~", "end"],
  ["[3~", "delete"],
  ["[5~", "page-up"],
  ["[6~", "page-down"],
])

const CONTROLS: ReadonlyMap<string, KeyName> = new Map([
  ["\r", "enter"],
  ["\n", "enter"],
  ["\x7f", "backspace"],
  ["\b", "backspace"],
  ["\t", "tab"],
  ["\x01", "home"],
  ["\x05", "end"],
  ["\x0e", "next"],
  ["\x03", "leave"],
  ["\x11", "leave"],
])

const PIECE = /\x1b([[O][\d;]*[~A-Za-z])|([\x00-\x1f\x7f])|([^\x00-\x1f\x7f]+)/g

/** The keys in a piece of terminal input; sequences and control keys that mean nothing here are left out. */
export function keysOf(input: string): readonly Key[] {
  const keys: Key[] = []
  for (const [, sequence, control, text] of input.matchAll(PIECE)) {
    if (text !== undefined) {
      keys.push({ text })
      continue
    }
    const name = sequence ? SEQUENCES.get(sequence.replace("O", "[")) : CONTROLS.get(control ?? "")
    if (name !== undefined) keys.push({ name })
  }
  return keys
}
