import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { describeAccepting } from "./accepting.ts"
import { REPOSITORY } from "./playground.ts"
import type { Terminal } from "./terminal.ts"

/** Stock Emacs has no mode for TypeScript without a grammar. */
const INIT = `
(setq inhibit-startup-screen t ring-bell-function 'ignore)
(setq make-backup-files nil auto-save-default nil create-lockfiles nil)
(define-derived-mode typescript-mode prog-mode "TypeScript")
(add-to-list 'auto-mode-alist '("\\\\.ts\\\\'" . typescript-mode))
(add-to-list 'load-path "${join(REPOSITORY, "clients/emacs")}")
(require 'pilotlight)
(add-hook 'prog-mode-hook #'eglot-ensure)
`

/** A way to show completions in Emacs: a library, the mode of it that is turned on, and the key that accepts. */
function describeEmacs(library: string, mode: string, accept: string): void {
  describeAccepting({
    name: `Emacs (Eglot, ${library})`,
    program: "emacs",
    lacks: emacs => {
      const { status } = spawnSync(emacs, ["--batch", "-Q", "--eval", `(require '${library})`])
      return status === 0 ? null : library
    },
    configure: async (playground, file) => {
      const init = await playground.configure("init.el", `${INIT}(require '${library})\n(${mode})\n`)
      return ["-nw", "-Q", "-l", init, file]
    },
    appendToFirstLine: (terminal: Terminal) => terminal.press("M-<", "C-e"),
    accept: (terminal: Terminal) => terminal.press(accept),
    saveAndLeave: (terminal: Terminal) => terminal.press("C-x", "C-s", "C-x", "C-c"),
  })
}

describeEmacs("company", "global-company-mode", "Enter")
// Part of Emacs since 30.
describeEmacs("completion-preview", "global-completion-preview-mode", "Tab")
