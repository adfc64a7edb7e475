import type { LspClient } from "../lsp-client.ts"

/** Milliseconds from request to reply, by what was asked. */
export interface ReplyTimes {
  /** Ghost text where the last one, if any, did not foretell the key. */
  readonly inline: number[]
  /** The completion list. */
  readonly list: number[]
  /** Ghost text after a key that the last one foretold. */
  readonly reuse: number[]
}

interface Position {
  readonly line: number
  readonly character: number
}

/**
 * Opens a file, deletes one line's code, types it again unit by unit and asks for ghost text and the list after each;
 * closes the file.
 */
export async function typeLineOver(
  client: LspClient,
  uri: string,
  text: string,
  line: number,
  times: ReplyTimes,
): Promise<void> {
  const lineText = text.split("\n")[line]!
  const code = lineText.trim()
  const start = lineText.indexOf(code)
  const at = (units: number): Position => ({ line, character: start + units })
  let version = 1
  const change = (from: number, to: number, inserted: string): void => {
    version++
    const range = { start: at(from), end: at(to) }
    client.notify("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [{ range, text: inserted }],
    })
  }
  client.notify("textDocument/didOpen", {
    textDocument: { uri, languageId: uri.endsWith("x") ? "typescriptreact" : "typescript", version, text },
  })
  change(0, code.length, "")
  let foretold = ""
  for (let typed = 0; typed < code.length; typed++) {
    change(typed, typed, code[typed]!)
    const params = { textDocument: { uri }, position: at(typed + 1) }
    const isReuse = foretold.startsWith(code[typed]!)
    const ghost = await timed(isReuse ? times.reuse : times.inline, () =>
      client.request("textDocument/inlineCompletion", { ...params, context: { triggerKind: 2 } }),
    )
    await timed(times.list, () =>
      client.request("textDocument/completion", { ...params, context: { triggerKind: 1 } }),
    )
    foretold = ghostText(ghost, start + typed + 1)
  }
  client.notify("textDocument/didClose", { textDocument: { uri } })
}

async function timed<T>(times: number[], ask: () => Promise<T>): Promise<T> {
  const start = performance.now()
  const answer = await ask()
  times.push(performance.now() - start)
  return answer
}

/** What the first item would put behind the cursor; "" if there is none. */
function ghostText(answer: unknown, character: number): string {
  const [item] = (answer as { items: { insertText: string; range?: { start: Position } }[] }).items
  if (item === undefined) return ""
  return item.insertText.slice(character - (item.range?.start.character ?? character))
}
