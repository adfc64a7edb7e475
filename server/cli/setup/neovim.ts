import { join } from "node:path"
import type { EditorSetup, SetupPlan, SetupWorld } from "./editor-setup.ts"

/** The first Neovim whose own configuration starts servers, and the first that shows ghost text. */
const [OLDEST, GHOST] = [11, 12]

/** Neovim: a file of its own among those that Neovim loads by itself, so that nothing of the user's is touched. */
export const NEOVIM: EditorSetup = {
  name: "neovim",
  title: "Neovim",
  programs: ["nvim"],
  plan: (program, world) => {
    const version = /v0\.(\d+)/.exec(world.run(program, ["--version"]) ?? "")
    const minor = version === null ? GHOST : Number(version[1])
    if (minor < OLDEST) return `Neovim 0.${minor} is too old; install 0.12, or 0.11 to do without ghost text`
    return planFor(world, minor)
  },
  conflict: world => {
    const [ours, init] = [pathOf(world), join(world.configHome, "nvim", "init.lua")]
    const twice = world.read(ours) !== null && /^[^-\n]*['"]pilotlight['"]/m.test(world.read(init) ?? "")
    return twice ? `${init} and ${ours} both set it up` : null
  },
}

function planFor(world: SetupWorld, minor: number): SetupPlan {
  const path = pathOf(world)
  const after = configuration(world)
  const notes = minor < GHOST ? ["Neovim 0.11 shows no ghost text; 0.12 does"] : ["tab takes a suggestion"]
  return { files: world.read(path) === after ? [] : [{ path, after }], notes }
}

function pathOf({ configHome }: SetupWorld): string {
  return join(configHome, "nvim", "plugin", "pilotlight.lua")
}

function configuration({ program }: SetupWorld): string {
  const command = [...program.command, "--stdio"].map(luaText).join(", ")
  return `-- Written by 'pilotlight setup'; 'pilotlight setup --undo neovim' takes it away.
vim.opt.runtimepath:append(${luaText(join(program.clients, "neovim"))})
vim.lsp.config('pilotlight', { cmd = { ${command} } })
vim.lsp.enable('pilotlight')
require('pilotlight').setup()
`
}

function luaText(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`
}
