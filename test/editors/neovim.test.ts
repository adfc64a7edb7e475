import { join } from "node:path"
import { BLOCK_BY_MODEL, describeAccepting, EVERY } from "./accepting.ts"
import { REPOSITORY } from "./playground.ts"

const INIT = `
vim.opt.runtimepath:prepend('${join(REPOSITORY, "clients/neovim")}')
vim.lsp.enable('pilotlight')
vim.keymap.set('i', '<Tab>', function()
  if not vim.lsp.inline_completion.get() then return '<Tab>' end
end, { expr = true })
`

describeAccepting(
  {
    name: "Neovim",
    program: "nvim",
    configure: async (playground, file) => {
      const init = await playground.configure(".config/nvim/init.lua", INIT)
      return ["-u", init, "-i", "NONE", "-n", file]
    },
    appendToFirstLine: terminal => terminal.type("ggA"),
    accept: terminal => terminal.press("Tab"),
    saveAndLeave: async terminal => {
      await terminal.press("Escape")
      await terminal.shows("normal mode", screen => !screen.includes("-- INSERT --"))
      await terminal.press(":", "w", "q", "Enter")
    },
  },
  [...EVERY, ...BLOCK_BY_MODEL],
)
