import { join } from "node:path"
import { REPOSITORY } from "./playground.ts"

/** Stock Emacs has no mode for TypeScript without a grammar. */
export const INIT: string = `
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
