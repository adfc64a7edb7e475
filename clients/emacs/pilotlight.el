;;; pilotlight.el --- Completion from your own project, through Eglot or lsp-mode  -*- lexical-binding: t -*-

;; Package-Requires: ((emacs "29.1"))

;;; Commentary:

;; With this file on `load-path' and `(require 'pilotlight)', Eglot and lsp-mode start Pilotlight in
;; `pilotlight-modes':
;;
;;   (add-hook 'prog-mode-hook #'eglot-ensure)
;;
;; Eglot runs one server per buffer, so there Pilotlight takes the place of the language's main server.  To run both,
;; put them behind the rass multiplexer:
;;
;;   (setq pilotlight-command '("rass" "--" "typescript-language-server" "--stdio" "--" "pilotlight" "--stdio"))
;;
;; lsp-mode runs it beside the main server.

;;; Code:

(defgroup pilotlight nil
  "Completion from your own project."
  :group 'tools)

(defcustom pilotlight-command '("pilotlight" "--stdio")
  "The program that is started, and its arguments."
  :type '(repeat string))

(defcustom pilotlight-modes
  '(bash-ts-mode c-mode c-ts-mode css-mode css-ts-mode go-mode go-ts-mode html-mode html-ts-mode
    java-mode java-ts-mode js-mode js-json-mode js-ts-mode json-mode json-ts-mode python-mode
    python-ts-mode rust-mode rust-ts-mode sh-mode typescript-mode typescript-ts-mode
    (tsx-ts-mode :language-id "typescriptreact"))
  "The major modes in which Pilotlight is started.
Each is a symbol, or as `eglot-server-programs' has it."
  :type '(repeat sexp))

(defvar eglot-server-programs)
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               (cons pilotlight-modes (lambda (&rest _) pilotlight-command))))

(declare-function lsp-register-client "lsp-mode")
(declare-function make-lsp-client "lsp-mode")
(declare-function lsp-stdio-connection "lsp-mode")
(with-eval-after-load 'lsp-mode
  (lsp-register-client
   (make-lsp-client :server-id 'pilotlight
                    :add-on? t
                    :new-connection (lsp-stdio-connection (lambda () pilotlight-command))
                    :activation-fn (lambda (_file mode)
                                     (seq-some (lambda (each) (eq mode (car (ensure-list each))))
                                               pilotlight-modes)))))

(provide 'pilotlight)
;;; pilotlight.el ends here
