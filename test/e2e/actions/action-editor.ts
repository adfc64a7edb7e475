import { join } from "node:path"
import type { CodeAction, Range } from "vscode-languageserver/node"
import { yieldToLoop } from "../../../server/base/time-slice.ts"
import { parseFixture } from "../../fixture.ts"
import type { FakeClock } from "../../model/fake-clock.ts"
import { settingsFor } from "../../model/model-fixture.ts"
import type { ScriptedAsk } from "../../model/scripted/scripted-ask.ts"
import { ScriptedModel } from "../../model/scripted/scripted-model.ts"
import { FakeEditor, NEVER } from "../fake-editor.ts"
import { serveInProcess } from "../in-process.ts"
import { ProjectFolder } from "../project-folder.ts"

/** What an editor does with `workspace/applyEdit`. */
type ApplyAs = "applies" | "refuses" | "lies" | "never answers" | "edits otherwise"

/** How an editor of these tests differs from a good one. */
interface StageOptions {
  readonly applyAs?: ApplyAs
  readonly canApply?: boolean
  readonly clientInfo?: { readonly name: string; readonly version?: string }
  readonly hasModel?: boolean
  readonly showsDocuments?: boolean
  readonly settings?: object
  /** What limits and pauses go by; the machine's own clock if left out. */
  readonly clock?: FakeClock
}

interface DocumentChange {
  readonly textDocument: { readonly uri: string; readonly version: number | null }
  readonly edits: readonly { readonly range: Range; readonly newText: string }[]
}

/** An editor with one open file of a project, and a model that says what the test has it say. */
export class ActionStage implements AsyncDisposable {
  readonly editor: FakeEditor
  readonly model: ScriptedModel
  readonly uri: string
  /** Text of the open file after each edit of the server's. */
  readonly steps: string[]
  /** Where the fixture has its marks. */
  readonly cursors: readonly number[]
  readonly #project: ProjectFolder

  private constructor(
    parts: Pick<ActionStage, "editor" | "model" | "uri" | "steps" | "cursors">,
    project: ProjectFolder,
  ) {
    this.editor = parts.editor
    this.model = parts.model
    this.uri = parts.uri
    this.steps = parts.steps
    this.cursors = parts.cursors
    this.#project = project
  }

  /** Opens the first file of a fixture. */
  static async open(fixture: string, options: StageOptions = {}): Promise<ActionStage> {
    const { applyAs = "applies", canApply = true, hasModel = true, showsDocuments = false } = options
    const model = await ScriptedModel.start()
    const project = new ProjectFolder(fixture)
    const { files } = parseFixture(fixture)
    const [{ path, text, cursors }] = files as [(typeof files)[number]]
    const steps: string[] = []
    const settings = hasModel ? settingsFor("openai", model.baseUrl) : null
    const server = serveInProcess(
      project.path,
      "/nonexistent",
      { model: settings },
      join(project.path, "pages"),
      options.clock,
    )
    const editor = new FakeEditor(server, {
      roots: [project.path],
      capabilities: {
        window: { workDoneProgress: true, showDocument: { support: showsDocuments } },
        workspace: { applyEdit: canApply },
      },
      initializationOptions: options.settings ?? null,
      ...(options.clientInfo === undefined ? {} : { clientInfo: options.clientInfo }),
      answers: {
        "window/showDocument": { success: true },
        "workspace/applyEdit": (params: { edit: { documentChanges: readonly DocumentChange[] } }) => {
          const answer = takeEdit(editor, params.edit.documentChanges, applyAs)
          steps.push(editor.text(project.uri(path)))
          return answer
        },
      },
    })
    await editor.initialize()
    editor.open(project.uri(path), text)
    return new ActionStage({ editor, model, uri: project.uri(path), steps, cursors }, project)
  }

  /** The text of the file as the editor has it. */
  get text(): string {
    return this.editor.text(this.uri)
  }

  /** The range between the marks, or at the only one. */
  get range(): Range {
    const [start = 0, end = start] = this.cursors
    const { text, editor } = this
    return { start: editor.position(text, start), end: editor.position(text, end) }
  }

  /** Types these texts one after the other at the first mark. */
  type(...texts: readonly string[]): void {
    let [at = 0] = this.cursors
    for (const text of texts) {
      this.editor.edit(this.uri, at, at, text)
      at += text.length
    }
  }

  /** What is offered at the marks. */
  async actions(context: object = {}): Promise<readonly CodeAction[]> {
    const params = {
      textDocument: { uri: this.uri },
      range: this.range,
      context: { diagnostics: [], ...context },
    }
    return (await this.editor.request("textDocument/codeAction", params)) as readonly CodeAction[]
  }

  /** Has an editor run a command of ours, which answers at once. */
  async run(command: string, argument: object | null = null): Promise<unknown> {
    const args = argument === null ? [] : [argument]
    return this.editor.request("workspace/executeCommand", { command, arguments: args })
  }

  /** Has an instruction followed at the marks, and gives what the model is asked. */
  async edit(instruction: string): Promise<ScriptedAsk> {
    await this.run("pilotlight.edit", { uri: this.uri, range: this.range, instruction })
    return this.model.asked()
  }

  /** The next sentence said to the user. */
  async said(): Promise<string> {
    return (await this.editor.read<{ message: string }>("window/showMessage")).message
  }

  /** The next sentence said, with no more time to wait for anything. */
  async saidInTime(clock: FakeClock): Promise<string> {
    let isSaid = false
    const said = this.said().finally(() => {
      isSaid = true
    })
    while (!isSaid) {
      clock.advance(100)
      await yieldToLoop()
    }
    return said
  }

  /** Settles once the server has made so many edits, and what it was told of them is taken in. */
  async stepped(count: number): Promise<void> {
    while (this.steps.length < count) await this.editor.read("workspace/applyEdit")
    await this.run("pilotlight.status", { show: false })
  }

  /** Settles when the action that runs has ended, with what it says at its end. */
  async ended(): Promise<string> {
    const isOurs = ({ token, value }: { token: string; value: { kind: string } }): boolean =>
      token.startsWith("pilotlight/action") && value.kind === "end"
    const end = await this.editor.read<{ token: string; value: { kind: string; message: string } }>(
      "$/progress",
      isOurs,
    )
    return end.value.message
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.editor.close()
    await this.model.stop()
    this.#project[Symbol.dispose]()
  }
}

function takeEdit(editor: FakeEditor, changes: readonly DocumentChange[], as: ApplyAs): unknown {
  if (as === "refuses") return { applied: false, failureReason: "read only" }
  if (as === "lies") return { applied: true }
  if (as === "never answers") return NEVER
  for (const { textDocument, edits } of changes) {
    const { uri } = textDocument
    const text = editor.text(uri)
    const places = edits.map(({ range, newText }) => ({
      start: editor.offset(text, range.start),
      end: editor.offset(text, range.end),
      newText: as === "edits otherwise" ? `${newText} ` : newText,
    }))
    for (const { start, end, newText } of places.reverse()) editor.edit(uri, start, end, newText)
  }
  return { applied: true }
}

/** An answer in the form of a rewrite. */
export function fenced(code: string): string {
  return `\`\`\`\n${code}\n\`\`\`\n`
}
