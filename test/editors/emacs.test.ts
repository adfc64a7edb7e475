import { CALL_AT_NEXT_KEY, describeAccepting, EVERY, HARDEST, type Variant } from "./accepting.ts"
import { EGLOT, emacsWith, LSP_MODE } from "./emacs-init.ts"
import type { Terminal } from "./terminal.ts"

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
      ...emacsWith(name, setup),
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
