import { spawnSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { extname } from "node:path"
import { createLog } from "../base/log.ts"
import { ProjectTree } from "../workspace/project-tree.ts"
import type { CliIo } from "./io.ts"
import { findProgram } from "./programs.ts"
import type { EditorSetup, SetupWorld } from "./setup/editor-setup.ts"
import { EMACS } from "./setup/emacs.ts"
import { HELIX } from "./setup/helix.ts"
import { NEOVIM } from "./setup/neovim.ts"
import { VIM } from "./setup/vim.ts"
import { configHome, homeOf } from "./user-settings.ts"

/** The editors that can be set up. */
export const EDITORS: readonly EditorSetup[] = [NEOVIM, HELIX, EMACS, VIM]

/** What setting an editor up depends on, as it is here and now. */
export async function lookAround(io: CliIo): Promise<SetupWorld> {
  return {
    home: homeOf(io.env),
    configHome: configHome(io.env),
    program: {
      command: findProgram("pilotlight", io.env) === null ? io.installed.command : ["pilotlight"],
      clients: io.installed.clients,
    },
    languages: await languagesHere(io),
    read: path => (existsSync(path) ? readFileSync(path, "utf8") : null),
    run: (program, args) => {
      const { status, stdout } = spawnSync(program, args, { encoding: "utf8", env: { ...io.env } })
      return status === 0 ? stdout : null
    },
  }
}

/** Names of the languages of the project in the working folder, most files first. */
async function languagesHere(io: CliIo): Promise<readonly string[]> {
  const log = createLog(() => {}, "error")
  const tree = await ProjectTree.open([io.cwd], log)
  const counts = new Map<string, number>()
  const count = (paths: readonly string[]): void => {
    for (const path of paths) counts.set(extname(path), (counts.get(extname(path)) ?? 0) + 1)
  }
  await tree.walk({ files: count }, new AbortController().signal)
  const { languages } = io.openHost({ log, watch: false, children: 1 })
  const byCount = [...counts].sort(([, a], [, b]) => b - a)
  const names = byCount.flatMap(([extension]) => languages.byPath(`x${extension}`)?.name ?? [])
  return [...new Set(names)]
}
