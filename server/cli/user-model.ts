import { join } from "node:path"
import { readModelSettings } from "../model/read-settings.ts"
import type { CliIo } from "./io.ts"
import { type readUserSettings, userConfigFolder } from "./user-settings.ts"

/** The model that a user's settings name, with keys from the environment or from `keys.json` beside them. */
interface UserModel {
  /** Null where none is set, or something in the settings can't be used. */
  readonly settings: ReturnType<typeof readModelSettings>["settings"]
  /** A sentence without a full stop for each thing that is wrong, naming file and key. */
  readonly complaints: readonly string[]
}

/** Where keys are looked for. */
export function userKeys(env: CliIo["env"]): Parameters<typeof readModelSettings>[1] {
  return { environment: env, file: join(userConfigFolder(env), "keys.json"), inSettings: null }
}

/** The model that features use. A section that is no object is complained of where the settings are read. */
export function readUserModel(
  { model, path }: Pick<ReturnType<typeof readUserSettings>, "model" | "path">,
  env: CliIo["env"],
): UserModel {
  if (model === null || Object.keys(model).length === 0) return { settings: null, complaints: [] }
  const { settings, mistakes } = readModelSettings(model, userKeys(env))
  return { settings, complaints: (mistakes ?? []).map(({ key, says }) => `${path}: model.${key} ${says}`) }
}
