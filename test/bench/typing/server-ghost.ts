import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { pathToFileURL } from "node:url"
import type { SourceFile } from "../corpus/source-files.ts"
import { LspClient } from "../lsp-client.ts"
import type { Ghost, GhostSource, Spot } from "./ghost.ts"

/** What the editor asks for at each key. */
export type Surface = "ghost" | "list"

interface Position {
  readonly line: number
  readonly character: number
}

interface Item {
  readonly insertText?: string
  readonly range?: { readonly start: Position; readonly end: Position }
  readonly textEdit?: {
    readonly newText: string
    readonly range: { readonly start: Position; readonly end: Position }
  }
  readonly kind?: number
  readonly sortText?: string
  readonly command?: Ghost["command"]
}

const INDEX_LIMIT_MS = 120_000
/** `CompletionItemKind.Text`: whole suggestions; words have the kinds of what they name. */
const TEXT_KIND = 1

/** A real server process in a project of its own, asked at each key without a delay of the editor's. */
export class ServerGhost implements GhostSource {
  readonly #client: LspClient
  readonly #folder: string
  readonly #project: string
  readonly #surface: Surface
  #uri = ""
  #version = 0

  private constructor(client: LspClient, folder: string, surface: Surface) {
    this.#client = client
    this.#folder = folder
    this.#project = join(folder, "project")
    this.#surface = surface
  }

  /** Writes the files into a folder, starts the program there with this model in the user's settings; resolves when it has indexed them. */
  static async start(
    program: string,
    files: readonly SourceFile[],
    baseUrl: string,
    surface: Surface,
  ): Promise<ServerGhost> {
    const folder = mkdtempSync(join(tmpdir(), "typing-bench-"))
    for (const { path, text } of files) place(join(folder, "project", path), text)
    const model = { provider: "openai", baseUrl, live: { model: "m-live" }, deep: { model: "m-deep" } }
    place(join(folder, "config", "pilotlight", "settings.json"), JSON.stringify({ model }))
    const env = {
      ...process.env,
      HOME: folder,
      XDG_CONFIG_HOME: join(folder, "config"),
      XDG_CACHE_HOME: join(folder, "cache"),
      OPENAI_API_KEY: "bench",
    }
    const client = new LspClient(process.execPath, [program, "--stdio"], join(folder, "project"), env)
    const ghost = new ServerGhost(client, folder, surface)
    await ghost.#index(files[0]!)
    return ghost
  }

  /** Ends the server and removes its folder. */
  async stop(): Promise<void> {
    await this.#client.leave()
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 })
  }

  open(path: string, text: string): void {
    this.#uri = this.#uriOf(path)
    this.#version = 1
    const languageId = path.endsWith("x") ? "typescriptreact" : "typescript"
    const textDocument = { uri: this.#uri, languageId, version: 1, text }
    this.#client.notify("textDocument/didOpen", { textDocument })
  }

  change(before: string, start: number, end: number, inserted: string): void {
    const range = { start: positionAt(before, start), end: positionAt(before, end) }
    this.#version++
    this.#client.notify("textDocument/didChange", {
      textDocument: { uri: this.#uri, version: this.#version },
      contentChanges: [{ range, text: inserted }],
    })
  }

  async ask(spot: Spot): Promise<Ghost | null | undefined> {
    const place = { textDocument: { uri: this.#uri }, position: positionAt(spot.text, spot.offset) }
    const method = this.#surface === "ghost" ? "textDocument/inlineCompletion" : "textDocument/completion"
    const context = { triggerKind: this.#surface === "ghost" ? 2 : 1 }
    const answer = (await this.#client.request(method, { ...place, context })) as {
      items: Item[]
    } | null
    if (answer === null) return undefined
    const item = this.#surface === "ghost" ? answer.items[0] : topItem(answer.items)
    return item === undefined ? null : ghostOf(item, spot)
  }

  took(ghost: Ghost): void {
    if (ghost.command !== null) void this.#client.request("workspace/executeCommand", ghost.command)
  }

  close(): void {
    this.#client.notify("textDocument/didClose", { textDocument: { uri: this.#uri } })
  }

  async #index(first: SourceFile): Promise<void> {
    const rootUri = pathToFileURL(this.#project).href
    const indexed = new Promise<void>((resolve, reject) => {
      AbortSignal.timeout(INDEX_LIMIT_MS).addEventListener("abort", () =>
        reject(new Error(`the server did not index its project within ${INDEX_LIMIT_MS} ms`)),
      )
      this.#client.onNotification("$/progress", params => {
        if ((params as { value: { kind: string } }).value.kind === "end") resolve()
      })
    })
    await this.#client.request("initialize", {
      processId: process.pid,
      rootUri,
      workspaceFolders: [{ uri: rootUri, name: "project" }],
      capabilities: {
        general: { positionEncodings: ["utf-16"] },
        window: { workDoneProgress: true },
        workspace: { didChangeWatchedFiles: { dynamicRegistration: true } },
        textDocument: { inlineCompletion: {}, completion: {} },
      },
    })
    this.#client.notify("initialized", {})
    this.open(first.path, first.text)
    await indexed
    this.close()
  }

  #uriOf(path: string): string {
    return pathToFileURL(join(this.#project, path)).href
  }
}

function place(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** The item that an editor would put on top, if it is a suggestion and not a word. */
function topItem(items: readonly Item[]): Item | undefined {
  const sorted = [...items].sort((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1))
  return sorted[0]?.kind === TEXT_KIND ? sorted[0] : undefined
}

function ghostOf(item: Item, { text, offset }: Spot): Ghost | null {
  const newText = item.textEdit?.newText ?? item.insertText ?? ""
  const range = item.textEdit?.range ?? item.range
  const start = range === undefined ? offset : offsetAt(text, range.start)
  const end = range === undefined ? offset : offsetAt(text, range.end)
  const shown = newText.slice(offset - start)
  const replaced = text.slice(offset, end)
  const added = shown.endsWith(replaced) ? shown.slice(0, shown.length - replaced.length) : shown
  return added.trim() === "" ? null : { text: added, start, end, newText, command: item.command ?? null }
}

function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split("\n")
  return { line: lines.length - 1, character: lines.at(-1)!.length }
}

function offsetAt(text: string, { line, character }: Position): number {
  let start = 0
  for (let at = 0; at < line; at++) start = text.indexOf("\n", start) + 1
  return start + character
}
