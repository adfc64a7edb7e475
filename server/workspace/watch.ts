import { messageOf } from "../base/errors.ts"
import type { Log } from "../base/log.ts"

/** Folders that are being watched. */
export interface FolderWatch {
  /** Resolves when nothing is told any more. */
  close(): Promise<void>
}

/** The one call of the watcher library that is used. */
export interface WatchLibrary {
  subscribe(
    folder: string,
    listener: (error: Error | null, events: readonly { readonly path: string }[]) => unknown,
    options: { ignore: string[] },
  ): Promise<{ unsubscribe(): Promise<void> }>
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
 * Watches folders with everything below them, or gives null, after one warning, if that can't be done here: the library
 * does not load, or the system has no watches left. Then only what clients tell of is picked up.
 */
export async function watchFolders(
  options: WatchOptions,
  load: () => Promise<WatchLibrary>,
): Promise<FolderWatch | null> {
  const { folders, ignored, onChange, onMissed, log } = options
  const opened: { unsubscribe(): Promise<void> }[] = []
  const close = async (): Promise<void> => {
    await Promise.all(opened.map(subscription => subscription.unsubscribe()))
  }
  try {
    const library = await load()
    for (const folder of folders) {
      const listener = (error: Error | null, events: readonly { readonly path: string }[]): void => {
        if (error === null) onChange(events.map(event => event.path))
        else {
          log.warn(`changes in ${folder} were missed: ${error.message}`)
          onMissed()
        }
      }
      opened.push(await library.subscribe(folder, listener, { ignore: [...ignored] }))
    }
    return { close }
  } catch (error) {
    log.warn(`changes on disk are not watched for: ${messageOf(error)}`)
    await close()
    return null
  }
}
