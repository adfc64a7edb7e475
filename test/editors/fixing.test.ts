import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { EGLOT, emacsWith, LSP_MODE } from "./emacs-init.ts"
import { describeFixing } from "./fixing.ts"
import { REPOSITORY } from "./playground.ts"
import type { Terminal } from "./terminal.ts"

const NEOVIM = `
vim.opt.runtimepath:prepend('${join(REPOSITORY, "clients/neovim")}')
vim.lsp.enable('pilotlight')
`

describeFixing({
  name: "Neovim",
  program: "nvim",
  configure: async (playground, file) => {
    const init = await playground.configure(".config/nvim/init.lua", NEOVIM)
    return ["-u", init, "-i", "NONE", "-n", file]
  },
  act: async (terminal, title) => {
    await terminal.type("gg$gra")
    await terminal.shows("the actions", screen => screen.includes(title))
    await terminal.type(numberOf(title, await terminal.screen()))
    await terminal.press("Enter")
  },
  saveAndLeave: terminal => terminal.press(":", "w", "q", "Enter"),
})

/** The number in front of a title in Neovim's list. */
function numberOf(title: string, screen: string): string {
  return /\d+/.exec(screen.split("\n")[rowOf(title, screen)] ?? "")?.[0] ?? ""
}

function rowOf(title: string, screen: string): number {
  return screen.split("\n").findIndex(line => line.includes(title))
}

describeFixing({
  name: "Helix",
  program: "hx",
  configure: async (playground, file) => {
    const languages = await readFile(join(REPOSITORY, "clients/helix/languages.toml"), "utf8")
    await playground.configure(".config/helix/languages.toml", languages)
    return [file]
  },
  act: async (terminal, title) => {
    await terminal.type("gggl a")
    await terminal.shows("the actions", screen => screen.includes(title))
    // The list hangs from the first line, its first action chosen.
    const above = rowOf(title, await terminal.screen()) - 1
    await terminal.press(...Array.from({ length: above }, () => "C-n"), "Enter")
  },
  saveAndLeave: terminal => terminal.press(":", "w", "q", "Enter"),
})

/** One client as a user turns it on; `actions` is its command that lists actions. */
function describeEmacs(name: string, setup: string, actions: string): void {
  describeFixing({
    ...emacsWith(name, setup),
    act: async (terminal: Terminal, title) => {
      await terminal.press("M-<", "C-e", "M-x")
      await terminal.type(actions)
      await terminal.press("Enter")
      await terminal.shows("the question", screen => /(?:pick|select)\b.*action/i.test(screen))
      // A space would complete a word.
      await terminal.type(title.replaceAll(" ", "\x11 "))
      await terminal.press("Enter")
    },
    saveAndLeave: terminal => terminal.press("C-x", "C-s", "C-x", "C-c"),
  })
}

describeEmacs("Eglot", EGLOT, "eglot-code-actions")
describeEmacs("lsp-mode", LSP_MODE, "lsp-execute-code-action")
