;;; pilotlight.el --- Completion from your own project, through Eglot  -*- lexical-binding: t -*-

;; Package-Requires: ((emacs "29.1"))

;;; Commentary:

;; With this file on `load-path':
;;
;;   (require 'pilotlight)
;;   (add-hook 'prog-mode-hook #'eglot-ensure)
;;
;; Eglot runs one server per buffer, so Pilotlight takes the place of the language's main server in
;; `pilotlight-modes'.  To run both, put them behind the rass multiplexer:
;;
;;   (setq pilotlight-command '("rass" "--" "typescript-language-server" "--stdio" "--" "pilotlight" "--stdio"))

;;; Code:

(require 'eglot)

(defgroup pilotlight nil
  "Completion from your own project."
  :group 'tools)

(defcustom pilotlight-command '("pilotlight" "--stdio")
  "The program that Eglot starts, and its arguments."
  :type '(repeat string))

(defcustom pilotlight-modes
  '(bash-ts-mode c-mode c-ts-mode css-mode css-ts-mode go-mode go-ts-mode html-mode html-ts-mode
    java-mode java-ts-mode js-mode js-json-mode js-ts-mode json-mode json-ts-mode python-mode
    python-ts-mode rust-mode rust-ts-mode sh-mode typescript-mode typescript-ts-mode
    (tsx-ts-mode :language-id "typescriptreact"))
  "The major modes in which Eglot starts Pilotlight."
  :type '(repeat sexp))

(add-to-list 'eglot-server-programs
             (cons pilotlight-modes (lambda (&rest _) pilotlight-command)))

(provide 'pilotlight)
;;; pilotlight.el ends here
