import { join } from "node:path"
import type { EditorSetup, SetupWorld } from "./editor-setup.ts"

/** Vim, through ALE: a file of its own that Vim loads after all plugins. */
export const VIM: EditorSetup = {
  name: "vim",
  title: "Vim with ALE",
  programs: ["vim"],
  plan: (_program, world) => {
    const path = pathOf(world)
    const after = configuration(world)
    return {
      files: world.read(path) === after ? [] : [{ path, after }],
      notes: [
        "it works through ALE 3 or later, which must be installed; coc.nvim and vim-lsp: see clients/vim",
      ],
    }
  },
  conflict: world => {
    const vimrc = join(world.home, ".vimrc")
    const twice = world.read(pathOf(world)) !== null && /pilotlight/.test(world.read(vimrc) ?? "")
    return twice ? `${vimrc} and ${pathOf(world)} both set it up` : null
  },
}

function pathOf({ home }: SetupWorld): string {
  return join(home, ".vim", "after", "plugin", "pilotlight.vim")
}

function configuration({ program }: SetupWorld): string {
  const [executable = "", ...first] = program.command
  const command = ["%e", ...[...first, "--stdio"].map(shellText)].join(" ")
  return `" Written by 'pilotlight setup'; 'pilotlight setup --undo vim' takes it away.
let g:pilotlight_executable = ${vimText(executable)}
let g:pilotlight_command = ${vimText(command)}
source ${join(program.clients, "vim", "ale.vim").replace(/[ \\|]/g, "\\$&")}
`
}

function shellText(text: string): string {
  return /^[\w./@:=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

function vimText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
