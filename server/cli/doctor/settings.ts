import { existsSync, statSync } from "node:fs"
import { join } from "node:path"
import type { CliIo } from "../io.ts"
import { homeOf, type readUserSettings } from "../user-settings.ts"
import { broken, type Diagnosis, doubtful, fine } from "./diagnosis.ts"

type UserSettings = ReturnType<typeof readUserSettings>

/** The user's own settings file. */
export function settingsDiagnoses(settings: UserSettings, env: CliIo["env"]): readonly Diagnosis[] {
  const { path, complaints } = settings
  const size = statSync(path, { throwIfNoEntry: false })?.size
  if (size === 0) return [broken("settings", `${path} is empty`, "write {} into it, or delete it")]
  const wrong = complaints.map(says => broken("settings", says, `correct it there`))
  const second = join(homeOf(env), ".config", "pilotlight", "settings.json")
  const ignored = second !== path && existsSync(second)
  return [
    ...wrong,
    ...(ignored
      ? [
          doubtful(
            "settings",
            `there are two settings files, ${path} counts and ${second} does not`,
            "keep one of them",
          ),
        ]
      : []),
    ...(wrong.length === 0
      ? [
          fine(
            "settings",
            size === undefined ? `everything as it is by default; ${path} would change it` : path,
          ),
        ]
      : []),
  ]
}
