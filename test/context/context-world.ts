import { TimeSlice } from "../../server/base/time-slice.ts"
import { countCentral } from "../../server/context/central-symbols.ts"
import type { ContextPart } from "../../server/context/context-part.ts"
import type { ContextRequest, ContextSelection } from "../../server/context/context-request.ts"
import type { ProjectView } from "../../server/context/project-view.ts"
import { selectContext } from "../../server/context/select-context.ts"
import type { ContextMemory } from "../../server/context/survey.ts"
import { type DocumentSnapshot, openSnapshot } from "../../server/workspace/document.ts"
import { OverlayIndex } from "../../server/workspace/overlay-index.ts"
import { parseFixture } from "../fixture.ts"
import { ImportWorld, syntaxFactsOf } from "../workspace/imports/import-world.ts"

/** A token is four units here. */
export const countTokens = (text: string): number => Math.ceil(text.length / 4)

/** A project in memory with one open document, that with the cursor. */
export class ContextWorld {
  readonly view: ProjectView
  readonly document: DocumentSnapshot
  readonly offset: number

  private constructor(view: ProjectView, document: DocumentSnapshot, offset: number) {
    this.view = view
    this.document = document
    this.offset = offset
  }

  /** A project with the files of a fixture; `overrides` replaces parts of the view. */
  static async of(fixture: string, overrides: Partial<ProjectView> = {}): Promise<ContextWorld> {
    const world = await ImportWorld.of(fixture)
    const opened = parseFixture(fixture).files.find(({ cursors }) => cursors.length > 0)
    if (opened === undefined) throw new Error("no file of the fixture has a cursor")
    const { path, text, cursors } = opened
    const index = new OverlayIndex(world.index)
    index.lay(path, { text, facts: syntaxFactsOf(path, text) })
    const view: ProjectView = {
      index,
      imports: world.graph,
      textOf: each => world.textOf(each),
      edits: [],
      diagnostics: [],
      openPaths: [path],
      central: await countCentral(index, new TimeSlice(5)),
      ...overrides,
    }
    const document = openSnapshot({ uri: `file://${path}`, path, language: null, version: 1, text })
    return new ContextWorld(view, document, cursors[0]!)
  }

  /** The context at the cursor: to complete, within 1000 tokens, with the whole document in the prompt, unless said otherwise. */
  select(request: Partial<ContextRequest> = {}, memory?: ContextMemory): ContextSelection {
    const { document, offset } = this
    const visible = { startLine: 0, endLine: document.lines.count }
    const place = {
      document,
      offset,
      purpose: "complete",
      budget: 1000,
      countTokens,
      visible,
      roots: ["/p"],
    } as const
    return selectContext({ ...place, ...request }, this.view, memory)
  }
}

/** `kind detail path:lines (why)` of each part, lines one-based, with its text below. */
export function rendered(parts: readonly ContextPart[]): string {
  return parts
    .map(({ kind, detail, path, startLine, endLine, why, text }) => {
      const indented = text.replace(/^/gm, "  ")
      return `${kind} ${detail} ${path}:${startLine + 1}-${endLine} (${why})\n${indented}`
    })
    .join("\n")
}
