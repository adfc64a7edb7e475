import { join } from "node:path"
import { describeAccepting } from "./accepting.ts"
import { REPOSITORY } from "./playground.ts"

/** Stock Emacs has no mode for TypeScript without a grammar; the menu is company's. */
const INIT = `
(setq inhibit-startup-screen t ring-bell-function 'ignore)
(setq make-backup-files nil auto-save-default nil create-lockfiles nil)
(define-derived-mode typescript-mode prog-mode "TypeScript")
(add-to-list 'auto-mode-alist '("\\\\.ts\\\\'" . typescript-mode))
(add-to-list 'load-path "${join(REPOSITORY, "clients/emacs")}")
(require 'pilotlight)
(require 'company)
(add-hook 'prog-mode-hook #'eglot-ensure)
(global-company-mode)
`

describeAccepting({
  name: "Emacs (Eglot)",
  program: "emacs",
  configure: async (playground, file) => {
    const init = await playground.configure("init.el", INIT)
    return ["-nw", "-Q", "-l", init, file]
  },
  appendToFirstLine: terminal => terminal.press("M-<", "C-e"),
  accept: terminal => terminal.press("Enter"),
  saveAndLeave: terminal => terminal.press("C-x", "C-s", "C-x", "C-c"),
})
