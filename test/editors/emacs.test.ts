import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { CALL_AT_NEXT_KEY, describeAccepting, EVERY, HARDEST, type Variant } from "./accepting.ts"
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
`
const EGLOT = `
(require 'eglot)
(add-hook 'prog-mode-hook #'eglot-ensure)
`
/** Without a package manager nothing is loaded by itself. */
const LSP_MODE = `
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
const COMPANY = `
(require 'company)
(global-company-mode)
`
/** Part of Emacs since 30. */
const PREVIEW = `
(require 'completion-preview)
(global-completion-preview-mode)
`

/** Two libraries as a user would turn them on: a client, and what shows its completions; `accept` is the latter's key. */
function describeEmacs(name: string, setup: string, accept: string, variants: readonly Variant[]): void {
  describeAccepting(
    {
      name: `Emacs (${name})`,
      program: "emacs",
      lacks: emacs => {
        const { status } = spawnSync(emacs, ["--batch", "-Q", "--eval", `(progn ${setup})`])
        return status === 0 ? null : name
      },
      configure: async (playground, file) => {
        const init = await playground.configure("init.el", INIT + setup)
        return ["-nw", "-Q", "-l", init, file]
      },
      appendToFirstLine: (terminal: Terminal) => terminal.press("M-<", "C-e"),
      accept: (terminal: Terminal) => terminal.press(accept),
      saveAndLeave: (terminal: Terminal) => terminal.press("C-x", "C-s", "C-x", "C-c"),
    },
    variants,
  )
}

describeEmacs("Eglot and company", EGLOT + COMPANY, "Enter", [...EVERY, ...CALL_AT_NEXT_KEY])
describeEmacs("Eglot and completion-preview", EGLOT + PREVIEW, "Tab", HARDEST)
describeEmacs("lsp-mode and company", LSP_MODE + COMPANY, "Enter", [...HARDEST, ...CALL_AT_NEXT_KEY])
