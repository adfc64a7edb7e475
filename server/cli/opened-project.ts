import { realpathSync, statSync } from "node:fs"
import { availableParallelism } from "node:os"
import { dirname, resolve } from "node:path"
import { createLog, type Log, type LogLevel } from "../base/log.ts"
import { complete } from "../features/completion/complete.ts"
import type { Completion } from "../features/completion/request.ts"
import type { Host, HostOptions } from "../features/host.ts"
import type { Project } from "../features/project.ts"
import { projectFolder } from "../features/roots.ts"
import { type DocumentSnapshot, openSnapshot } from "../workspace/document.ts"
import { uriOfPath } from "../workspace/file-uri.ts"
import { defaultChildren } from "../workspace/workspace.ts"
import type { CliIo } from "./io.ts"
import { ProgressBar } from "./progress-bar.ts"

/** What a command asks of the project it opened. */
export interface OpenedProject {
  /** Absolute path. */
  readonly root: string
  readonly host: Host
  readonly project: Project
  /** See `withProject` for where it ends. */
  readonly log: Log
}

/** A completion as an editor would show it as ghost text, and what it cost. */
export interface TimedCompletion extends Completion {
  readonly milliseconds: number
}

/** Words that a command shows at most. */
const MOST_WORDS = 10

/**
 * Runs `use` with the project under `root`, whose indexing has begun; every process is gone when this settles.
 * What is logged at `level` or above goes to stderr at the end, each line once: never amid what the command draws.
 */
export async function withProject<T>(
  root: string,
  level: LogLevel,
  io: CliIo,
  use: (opened: OpenedProject) => Promise<T>,
  options: Pick<HostOptions, "keepsIndex" | "budgetMs" | "model"> = {},
): Promise<T> {
  const lines = new Set<string>()
  const log = createLog((at, line) => void lines.add(`${at}: ${line}\n`), level)
  const children = defaultChildren(availableParallelism())
  const host = io.openHost({ log, watch: false, children, ...options })
  try {
    return await use({ root, host, project: host.project([root]), log })
  } finally {
    await host.dispose()
    for (const line of lines) io.stderr(line)
  }
}

/** Resolves when the whole project is indexed; shows a bar on a terminal meanwhile. */
export async function untilIndexed({ project }: OpenedProject, io: CliIo): Promise<void> {
  const bar = new ProgressBar("indexing", io)
  const unsubscribe = project.onProgress(({ done, total }) => bar.update(done, total))
  await project.indexed
  unsubscribe()
  bar.clear()
}

/** What would be shown at `offset` (UTF-16 code units). */
export function completeAt(
  { project }: OpenedProject,
  document: DocumentSnapshot,
  offset: number,
): TimedCompletion {
  const started = performance.now()
  const completion = complete(
    { document, offset, surface: "ghost", eagerness: "normal", maxWords: MOST_WORDS },
    { engine: project.engine, symbols: project.workspace.index },
    new AbortController().signal,
  )
  return { ...completion, milliseconds: performance.now() - started }
}

/** A text as if it were open in an editor under an absolute path. */
export function openText({ host }: OpenedProject, path: string, text: string): DocumentSnapshot {
  const language = host.languages.byPath(path)?.name ?? null
  return openSnapshot({ uri: uriOfPath(path), path, language, version: 1, text })
}

/** The absolute path of an existing folder, links resolved; null if there is none. */
export function existingFolder(folder: string, io: CliIo): string | null {
  const path = resolve(io.cwd, folder)
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? realpathSync(path) : null
}

/** The absolute path of an existing file, links resolved; null if there is none. */
export function existingFile(file: string, io: CliIo): string | null {
  const path = resolve(io.cwd, file)
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? realpathSync(path) : null
}

/** The folder that is indexed for a file: the top of its project, else the one it lies in. */
export function rootFor(file: string, home: string): string {
  return projectFolder(file, home) ?? dirname(file)
}
