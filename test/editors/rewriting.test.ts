import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { EGLOT, emacsWith, LSP_MODE } from "./emacs-init.ts"
import { REPOSITORY } from "./playground.ts"
import { describeRewriting, INSTRUCTION } from "./rewriting.ts"
import { NEW_INSTRUCTION } from "./rewriting-model.ts"
import type { Terminal } from "./terminal.ts"

const NEOVIM = `
vim.opt.runtimepath:prepend('${join(REPOSITORY, "clients/neovim")}')
vim.lsp.enable('pilotlight')
local pilotlight = require('pilotlight')
vim.keymap.set('n', '<F2>', function() pilotlight.steer('${NEW_INSTRUCTION}') end)
vim.keymap.set('n', '<F3>', pilotlight.undo)
vim.keymap.set('n', '<F4>', function()
  vim.lsp.buf.code_action({ filter = function(action) return action.title:find('^Do: ') end, apply = true })
end)
`

async function writeAndStay(terminal: Terminal): Promise<void> {
  await terminal.press(":", "w", "Enter")
  await terminal.shows("the file written", screen => /written/.test(screen))
  // The message goes, so that the next one can be told from it.
  await terminal.press(":", "Escape")
}

describeRewriting({
  name: "Neovim",
  program: "nvim",
  streams: true,
  configure: async (playground, file) => {
    const init = await playground.configure(".config/nvim/init.lua", NEOVIM)
    return ["-u", init, "-i", "NONE", "-n", file]
  },
  order: terminal => terminal.press("F4"),
  save: writeAndStay,
})

const HELIX_KEYS = `
[keys.normal]
F2 = ":lsp-workspace-command pilotlight.steer {\\"instruction\\":\\"${NEW_INSTRUCTION}\\"}"
F3 = ":lsp-workspace-command pilotlight.undo"
`

describeRewriting({
  name: "Helix",
  program: "hx",
  streams: true,
  configure: async (playground, file) => {
    const languages = await readFile(join(REPOSITORY, "clients/helix/languages.toml"), "utf8")
    await playground.configure(".config/helix/languages.toml", languages)
    await playground.configure(".config/helix/config.toml", HELIX_KEYS)
    return [file]
  },
  order: async terminal => {
    await terminal.type(" a")
    await terminal.shows("the actions", screen => screen.includes(`Do: ${INSTRUCTION}`))
    await terminal.press("Enter")
  },
  save: writeAndStay,
})

const EMACS_KEYS = `
(global-set-key (kbd "<f2>") (lambda () (interactive) (pilotlight-steer "${NEW_INSTRUCTION}")))
(global-set-key (kbd "<f3>") #'pilotlight-undo)
`

/** One client as a user turns it on; `actions` is its command that lists actions. */
function describeEmacs(name: string, setup: string, actions: string, streams: boolean): void {
  describeRewriting({
    ...emacsWith(name, setup, EMACS_KEYS),
    streams,
    order: async terminal => {
      await terminal.press("M-x")
      await terminal.type(actions)
      await terminal.press("Enter")
      await terminal.shows("the question", screen => /(?:pick|select)\b.*action/i.test(screen))
      // A space would complete a word.
      await terminal.type("Do:")
      await terminal.press("Enter")
    },
    save: async terminal => {
      await terminal.shows("that the text has changed", screen => /[:)]\*\*-/.test(screen))
      await terminal.press("C-x", "C-s")
      await terminal.shows("the file written", screen => /[:)]---/.test(screen))
    },
  })
}

describeEmacs("Eglot", EGLOT, "eglot-code-actions", false)
describeEmacs("lsp-mode", LSP_MODE, "lsp-execute-code-action", true)
