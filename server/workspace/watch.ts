import { platform } from "node:os"
import { messageOf } from "../base/errors.ts"
import type { Log } from "../base/log.ts"

/** Named where there is a choice: left to itself the library starts whatever program is called `watchman`. */
const SYSTEM_BACKEND: { backend?: "inotify" } = platform() === "linux" ? { backend: "inotify" } : {}

/** Folders that are being watched. */
export interface FolderWatch {
  /** Resolves when nothing is told any more. */
  close(): Promise<void>
}

interface Subscription {
  unsubscribe(): Promise<void>
}

/** The one call of the watcher library that is used. */
export interface WatchLibrary {
  subscribe(
    folder: string,
    listener: (error: Error | null, events: readonly { readonly path: string }[]) => unknown,
    options: { ignore: string[]; backend?: "inotify" },
  ): Promise<Subscription>
}

/** What is watched and who is told. */
interface WatchOptions {
  readonly folders: readonly string[]
  /** Absolute paths of folders that are left out. */
  readonly ignored: readonly string[]
  /** Files and folders that were made, changed or deleted; in large batches after large changes. */
  readonly onChange: (paths: readonly string[]) => void
  /** Changes were lost: anything may have changed. */
  readonly onMissed: () => void
  readonly log: Log
}

/** Loads the watcher library: native, so only when wanted. Rejects if it does not load here. */
export async function loadWatchLibrary(): Promise<WatchLibrary> {
  return import("@parcel/watcher")
}

/**
 * Watches folders with everything below them. One that can't be watched (it is gone, or the system has no watches left)
 * costs a warning: of it only what clients tell is picked up. Null, after one warning, if the library does not load here.
 */
export async function watchFolders(
  options: WatchOptions,
  load: () => Promise<WatchLibrary>,
): Promise<FolderWatch | null> {
  const library = await load().catch(error => {
    options.log.warn(`changes on disk are not watched for: ${messageOf(error)}`)
    return null
  })
  if (library === null) return null
  // One after the other: where two begin at once and one fails, the library tells nothing of the other either.
  const opened: (Subscription | null)[] = []
  for (const folder of options.folders) opened.push(await watchFolder(folder, options, library))
  return {
    close: async () => {
      await Promise.all(opened.map(subscription => subscription?.unsubscribe()))
    },
  }
}

async function watchFolder(
  folder: string,
  { ignored, onChange, onMissed, log }: WatchOptions,
  library: WatchLibrary,
): Promise<Subscription | null> {
  const listener = (error: Error | null, events: readonly { readonly path: string }[]): void => {
    if (error === null) onChange(events.map(event => event.path))
    else {
      log.warn(`changes in ${folder} were missed: ${error.message}`)
      onMissed()
    }
  }
  return library.subscribe(folder, listener, { ignore: [...ignored], ...SYSTEM_BACKEND }).catch(error => {
    log.warn(`changes in ${folder} are not watched for: ${messageOf(error)}`)
    return null
  })
}
