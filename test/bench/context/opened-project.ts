import { join } from "node:path"
import { Interner } from "../../../server/base/interner.ts"
import { strictLog } from "../../../server/base/log.ts"
import type { ImportView } from "../../../server/context/project-view.ts"
import { createNativeParsers } from "../../../server/syntax/native-parser.ts"
import { OpenDocuments } from "../../../server/workspace/open-documents.ts"
import { packageLoader } from "../../../server/workspace/package-loader.ts"
import { Workspace } from "../../../server/workspace/workspace.ts"
import { benchLanguages } from "../corpus/bench-languages.ts"

/** A folder indexed by the product's own processes, and one client's documents over it. */
export interface OpenedProject {
  readonly workspace: Workspace
  readonly documents: OpenDocuments
  /** The product's own resolution, of open documents as they are. */
  readonly imports: ImportView
  /** Resolves when the index and the imports have taken every change in. */
  settled(): Promise<void>
}

/** Indexes a folder, without the embedded engine; resolves when every file is read. */
export async function openProject(
  repository: string,
  folder: string,
  children: number,
): Promise<OpenedProject> {
  const log = strictLog()
  const grammars = join(repository, "grammars")
  const languages = benchLanguages(repository)
  const workspace = new Workspace({
    roots: [folder],
    interner: new Interner(),
    languages,
    grammarFolders: [grammars],
    childEntry: join(repository, "dist", "parse-child.cjs"),
    children,
    log,
    onTokens: () => {},
    onProgress: () => {},
    watch: false,
  })
  // Nothing else keeps this process alive: the indexing processes may not.
  const alive = setInterval(() => {}, 1000)
  await workspace.start(new AbortController().signal)
  await workspace.importsSettled()
  clearInterval(alive)
  const parsers = createNativeParsers(packageLoader([grammars]), log)
  const documents = new OpenDocuments({ base: workspace.index, languages, parsers })
  const { imports } = workspace
  return {
    workspace,
    documents,
    imports: {
      targetsOf: path =>
        documents.all().some(document => document.path === path)
          ? imports.resolve(path, documents.index.importsOf(path))
          : imports.targetsOf(path),
      importersOf: path => imports.importersOf(path),
      exportedFrom: (path, name) => imports.exportedFrom(path, name),
    },
    settled: async () => {
      await workspace.settled()
      await workspace.importsSettled()
      await documents.settled()
    },
  }
}
