import { resolve } from "node:path"
import { pathOfUri } from "../workspace/file-uri.ts"
import { type ClientProfile, chooseProfile } from "./client-profile.ts"
import { chooseEncoding, type Encoding } from "./convert.ts"
import { type Fields, fieldsOf } from "./params.ts"
import { DEFAULT_SETTINGS, type MergedSettings, mergeSettings } from "./settings.ts"

/** What a client's `initialize` decides for as long as it is connected. */
export interface Introduction {
  readonly profile: ClientProfile
  readonly encoding: Encoding
  /** Absolute paths of the folders the client works in; empty if it names none. */
  readonly roots: readonly string[]
  readonly merged: MergedSettings
}

/** Reads the parameters of `initialize`; anything missing or malformed counts as not said. */
export function readIntroduction(params: unknown): Introduction {
  const fields = fieldsOf(params)
  const general = fieldsOf(fieldsOf(fields["capabilities"])["general"])
  return {
    profile: chooseProfile(params),
    encoding: chooseEncoding(general["positionEncodings"]),
    roots: rootsOf(fields),
    merged: mergeSettings(DEFAULT_SETTINGS, fields["initializationOptions"]),
  }
}

/** The paths of workspace folders as LSP sends them; entries that are no folder of this machine are left out. */
export function folderPaths(folders: unknown): readonly string[] {
  if (!Array.isArray(folders)) return []
  return folders.flatMap(folder => uriPath(fieldsOf(folder)["uri"]))
}

function rootsOf(fields: Fields): readonly string[] {
  const folders = folderPaths(fields["workspaceFolders"])
  if (folders.length > 0) return folders
  const root = uriPath(fields["rootUri"])
  if (root.length > 0) return root
  const path = fields["rootPath"]
  return typeof path === "string" && path !== "" ? [resolve(path)] : []
}

function uriPath(uri: unknown): readonly string[] {
  const path = typeof uri === "string" ? pathOfUri(uri) : null
  return path === null ? [] : [resolve(path)]
}
