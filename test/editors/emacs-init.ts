import { spawnSync } from "node:child_process"
import { join } from "node:path"
import type { EditorUnderTest } from "./editor-under-test.ts"
import { REPOSITORY } from "./playground.ts"

/** Stock Emacs has no mode for TypeScript without a grammar. */
const INIT: string = `
(setq inhibit-startup-screen t ring-bell-function 'ignore)
(setq make-backup-files nil auto-save-default nil create-lockfiles nil)
(define-derived-mode typescript-mode prog-mode "TypeScript")
(add-to-list 'auto-mode-alist '("\\\\.ts\\\\'" . typescript-mode))
(add-to-list 'load-path "${join(REPOSITORY, "clients/emacs")}")
(require 'pilotlight)
`
/** The client that is part of Emacs, turned on for code. */
export const EGLOT: string = `
(require 'eglot)
(add-hook 'prog-mode-hook #'eglot-ensure)
`
/** The other client; without a package manager nothing is loaded by itself. */
export const LSP_MODE: string = `
(require 'lsp-mode)
(require 'lsp-completion)
(require 'lsp-diagnostics)
(require 'lsp-headerline)
(require 'lsp-icons)
(require 'lsp-lens)
(require 'lsp-modeline)
(require 'lsp-semantic-tokens)
(setq lsp-auto-guess-root t lsp-enable-snippet nil)
(add-hook 'prog-mode-hook #'lsp)
`

/**
 * Emacs in a terminal, configured by `setup` and then `more`. `name` says what it needs besides itself: what `setup` loads, so it is
 * left out where that fails.
 */
export function emacsWith(name: string, setup: string, more: string = ""): EditorUnderTest {
  return {
    name: `Emacs (${name})`,
    program: "emacs",
    lacks: emacs => {
      const { status } = spawnSync(emacs, ["--batch", "-Q", "--eval", `(progn ${setup})`])
      return status === 0 ? null : name
    },
    configure: async (playground, file) => {
      const init = await playground.configure("init.el", INIT + setup + more)
      return ["-nw", "-Q", "-l", init, file]
    },
  }
}
