;;; pilotlight.el --- Code from your own project, through Eglot or lsp-mode  -*- lexical-binding: t -*-

;; Package-Requires: ((emacs "29.1"))

;;; Commentary:

;; With this file on `load-path' and `(require 'pilotlight)', Eglot and lsp-mode start Pilotlight in
;; `pilotlight-modes':
;;
;;   (add-hook 'prog-mode-hook #'pilotlight-ensure)
;;
;; Eglot runs one server per buffer.  Where the language's main server is installed, both run behind the rass
;; multiplexer if that is installed too; else the main server stays alone, and a message says so.  `pilotlight-main-server'
;; changes that.  lsp-mode runs Pilotlight beside the main server.
;;
;; Suggestions are in the completion list.  In Eglot `pilotlight-ghost-mode' also shows them as ghost text:
;;
;;   (add-hook 'eglot-managed-mode-hook #'pilotlight-ghost-mode)
;;
;; TAB takes one, M-<right> its next word, M-<down> the rest of its line; any other key goes on typing.

;;; Code:

(require 'seq)
(require 'subr-x)

(defgroup pilotlight nil
  "Code from your own project."
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

(defcustom pilotlight-main-server 'beside
  "What becomes of a language's main server in Eglot, where it is installed.
With `beside' both run behind rass, and the main server alone where there is
no rass.  With nil Pilotlight takes its place."
  :type '(choice (const beside) (const nil)))

(defcustom pilotlight-ghost-delay 0.05
  "Seconds without a key after which ghost text is asked for."
  :type 'number)

(defface pilotlight-ghost '((t :inherit shadow))
  "Text that could be inserted.")

(defun pilotlight--mode-p (mode)
  "Whether Pilotlight is started in MODE."
  (seq-some (lambda (each) (eq mode (car (ensure-list each)))) pilotlight-modes))

;;; Eglot

(defvar eglot-server-programs)
(declare-function eglot-ensure "eglot")
(declare-function eglot-current-server "eglot")
(declare-function eglot--lookup-mode "eglot")
(declare-function eglot--TextDocumentPositionParams "eglot")
(declare-function eglot--signal-textDocument/didChange "eglot")
(declare-function eglot--pos-to-lsp-position "eglot")
(declare-function eglot-range-region "eglot")
(declare-function eglot--range-region "eglot")
(declare-function jsonrpc-async-request "jsonrpc")

;;;###autoload
(defun pilotlight-ensure ()
  "Start Eglot for this buffer if its mode is one of `pilotlight-modes'."
  (when (pilotlight--mode-p major-mode) (eglot-ensure)))

(defun pilotlight--main-command ()
  "The command of this mode's main server; nil without a plain one that runs."
  (let* ((eglot-server-programs
          (seq-remove (lambda (entry) (eq (cdr entry) #'pilotlight--contact)) eglot-server-programs))
         (found (cdr (ignore-errors (eglot--lookup-mode major-mode))))
         (command (ensure-list (if (functionp found) (ignore-errors (funcall found)) found))))
    (and command (seq-every-p #'stringp command) (executable-find (car command)) command)))

(defun pilotlight--contact (&rest _)
  "What Eglot starts: Pilotlight, the main server, or both behind rass."
  (let ((main (and pilotlight-main-server (pilotlight--main-command))))
    (cond ((null main) pilotlight-command)
          ((executable-find "rass") (append '("rass" "--") main '("--") pilotlight-command))
          (t (message "pilotlight: %s runs alone; install rass to have both" (car main)) main))))

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs (cons pilotlight-modes #'pilotlight--contact)))

;;; lsp-mode

(declare-function lsp-register-client "lsp-mode")
(declare-function make-lsp-client "lsp-mode")
(declare-function lsp-stdio-connection "lsp-mode")
(declare-function lsp-request-async "lsp-mode")
(declare-function lsp--region-to-range "lsp-mode")
(declare-function lsp--buffer-uri "lsp-mode")

(with-eval-after-load 'lsp-mode
  (lsp-register-client
   (make-lsp-client :server-id 'pilotlight
                    :add-on? t
                    :new-connection (lsp-stdio-connection (lambda () pilotlight-command))
                    :activation-fn (lambda (_file mode) (pilotlight--mode-p mode)))))

;;; Commands

(defun pilotlight--server ()
  "Eglot's server of this buffer, or nil."
  (and (featurep 'eglot) (eglot-current-server)))

(defun pilotlight--region (range)
  "The buffer positions (BEGIN . END) of an LSP RANGE."
  ;; It got its public name with Emacs 30.
  (if (fboundp 'eglot-range-region) (eglot-range-region range) (eglot--range-region range)))

(defun pilotlight--uri ()
  "The URI of this buffer, as its client sends it."
  (if (pilotlight--server)
      (plist-get (plist-get (eglot--TextDocumentPositionParams) :textDocument) :uri)
    (lsp--buffer-uri)))

(defun pilotlight--run (command &optional argument)
  "Have the server run COMMAND, without its prefix, with ARGUMENT."
  (let* ((params (list :command (concat "pilotlight." command) :arguments (if argument (vector argument) [])))
         (failed (lambda (problem) (message "pilotlight: %s" (or (plist-get problem :message) problem))))
         (server (pilotlight--server)))
    (cond (server (jsonrpc-async-request server :workspace/executeCommand params
                                         :success-fn #'ignore :error-fn failed))
          ((bound-and-true-p lsp-mode)
           (lsp-request-async "workspace/executeCommand" params #'ignore
                              :error-handler (lambda (problem) (message "pilotlight: %s" problem))))
          (t (user-error "No server runs for this buffer")))))

(defun pilotlight-edit (instruction begin end)
  "Have the region, or this line, rewritten as INSTRUCTION says.
BEGIN and END are buffer positions."
  (interactive (cons (read-string "Edit: ")
                     (if (use-region-p) (list (region-beginning) (region-end))
                       (list (line-beginning-position) (line-end-position)))))
  (let ((range (if (pilotlight--server)
                   (list :start (eglot--pos-to-lsp-position begin) :end (eglot--pos-to-lsp-position end))
                 (lsp--region-to-range begin end))))
    (pilotlight--run "edit" (list :uri (pilotlight--uri) :range range :instruction instruction))))

(defun pilotlight-steer (instruction)
  "Tell what is being written to go on as INSTRUCTION says."
  (interactive "sSteer: ")
  (pilotlight--run "steer" (list :instruction instruction)))

(defun pilotlight-stop ()
  "End what is being written."
  (interactive)
  (pilotlight--run "stop"))

(defun pilotlight-undo ()
  "Take back everything the last action wrote."
  (interactive)
  (pilotlight--run "undo"))

(defun pilotlight-why ()
  "Show why there was, or was not, a suggestion in this buffer."
  (interactive)
  (pilotlight--run "why" (list :uri (pilotlight--uri))))

(defun pilotlight-toggle ()
  "Turn suggestions off, or on again."
  (interactive)
  (pilotlight--run "toggle"))

;;; Ghost text in Eglot

(defvar-local pilotlight--ghost nil "The overlay that shows a suggestion, or nil.")
(defvar-local pilotlight--timer nil "What asks after `pilotlight-ghost-delay', or nil.")

(defun pilotlight--hide ()
  "Show no suggestion."
  (when pilotlight--ghost
    (delete-overlay pilotlight--ghost)
    (setq pilotlight--ghost nil)))

(defun pilotlight--show (text item)
  "Show TEXT, what is new of ITEM, at point."
  (pilotlight--hide)
  (let ((shown (propertize text 'face 'pilotlight-ghost)))
    ;; The cursor would stand behind the text otherwise.
    (put-text-property 0 1 'cursor t shown)
    (setq pilotlight--ghost (make-overlay (point) (point) nil t))
    (overlay-put pilotlight--ghost 'after-string shown)
    (overlay-put pilotlight--ghost 'pilotlight-text text)
    (overlay-put pilotlight--ghost 'pilotlight-item item)))

(defun pilotlight--offer (items)
  "Show the first of ITEMS, a vector, if it goes on from point."
  (when-let* ((item (and (> (length items) 0) (aref items 0)))
              (region (let ((range (plist-get item :range)))
                        (if range (pilotlight--region range) (cons (point) (point)))))
              (there (buffer-substring-no-properties (car region) (point)))
              (text (plist-get item :insertText))
              ((and (<= (car region) (point)) (= (cdr region) (point)) (string-prefix-p there text)))
              (new (substring text (length there)))
              ((not (string-empty-p new))))
    (pilotlight--show new item)))

(defun pilotlight--ask (buffer)
  "Ask for what could follow point in BUFFER, if that is still the place."
  (when (and (buffer-live-p buffer) (eq buffer (window-buffer)))
    (with-current-buffer buffer
      (when-let* ((server (and (not completion-in-region-mode) (pilotlight--server))))
        (eglot--signal-textDocument/didChange)
        (let ((place (point)) (tick (buffer-chars-modified-tick)))
          (jsonrpc-async-request
           server :textDocument/inlineCompletion
           (append (eglot--TextDocumentPositionParams) '(:context (:triggerKind 2)))
           :success-fn
           (lambda (answer)
             (when (buffer-live-p buffer)
               (with-current-buffer buffer
                 (when (and (= place (point)) (= tick (buffer-chars-modified-tick)))
                   (pilotlight--offer (if (vectorp answer) answer (plist-get answer :items)))))))
           :error-fn #'ignore))))))

(defun pilotlight--typed-along ()
  "Whether what was just typed is how the ghost text begins; shortens it then."
  (when-let* ((overlay pilotlight--ghost)
              (start (overlay-start overlay))
              (text (overlay-get overlay 'pilotlight-text))
              ((< start (point)))
              (typed (buffer-substring-no-properties start (point)))
              ((and (string-prefix-p typed text) (< (length typed) (length text)))))
    (pilotlight--show (substring text (length typed)) (overlay-get overlay 'pilotlight-item))
    t))

(defun pilotlight--after-command ()
  "Keep the ghost text while it is typed along, and ask anew after a change."
  (let ((changed (memq this-command '(self-insert-command newline newline-and-indent electric-newline-and-maybe-indent
                                      delete-backward-char backward-delete-char-untabify pilotlight-take
                                      pilotlight-take-word pilotlight-take-line))))
    (unless (and pilotlight--ghost (= (point) (overlay-start pilotlight--ghost)) (not changed))
      (unless (pilotlight--typed-along) (pilotlight--hide)))
    (when pilotlight--timer (cancel-timer pilotlight--timer))
    (setq pilotlight--timer
          (and changed
               (run-with-idle-timer pilotlight-ghost-delay nil #'pilotlight--ask (current-buffer))))))

(defun pilotlight--take (text)
  "Insert TEXT, how the ghost text begins; the rest of it stays."
  (let* ((overlay pilotlight--ghost)
         (item (overlay-get overlay 'pilotlight-item))
         (rest (substring (overlay-get overlay 'pilotlight-text) (length text)))
         (command (plist-get item :command)))
    (pilotlight--hide)
    (insert text)
    (cond ((not (string-empty-p rest)) (pilotlight--show rest item))
          (command (pilotlight--run (string-remove-prefix "pilotlight." (plist-get command :command))
                                    (let ((arguments (plist-get command :arguments)))
                                      (and (> (length arguments) 0) (aref arguments 0))))))))

(defun pilotlight-take ()
  "Insert the ghost text."
  (interactive)
  (pilotlight--take (overlay-get pilotlight--ghost 'pilotlight-text)))

(defun pilotlight-take-word ()
  "Insert the next word of the ghost text."
  (interactive)
  (let ((text (overlay-get pilotlight--ghost 'pilotlight-text)))
    (string-match "\\`[ \t\n]*\\(?:[[:alnum:]_]+\\|[^[:alnum:]_ \t\n]+\\)?" text)
    (pilotlight--take (if (zerop (match-end 0)) text (match-string 0 text)))))

(defun pilotlight-take-line ()
  "Insert the rest of the ghost text's line; its next line where this one ends."
  (interactive)
  (let ((text (overlay-get pilotlight--ghost 'pilotlight-text)))
    (string-match "\\`\n?[^\n]*" text)
    (pilotlight--take (match-string 0 text))))

(defun pilotlight--if-shown (command)
  "COMMAND as a binding that counts only while ghost text is shown."
  `(menu-item "" ,command :filter ,(lambda (bound) (and pilotlight--ghost bound))))

(defvar pilotlight-ghost-mode-map
  (let ((map (make-sparse-keymap)))
    (define-key map (kbd "TAB") (pilotlight--if-shown #'pilotlight-take))
    (define-key map (kbd "M-<right>") (pilotlight--if-shown #'pilotlight-take-word))
    (define-key map (kbd "M-<down>") (pilotlight--if-shown #'pilotlight-take-line))
    map)
  "Keys that take ghost text while it is shown.")

;;;###autoload
(define-minor-mode pilotlight-ghost-mode
  "Show suggestions of Eglot's server as ghost text."
  :lighter nil
  (if pilotlight-ghost-mode
      (add-hook 'post-command-hook #'pilotlight--after-command nil t)
    (remove-hook 'post-command-hook #'pilotlight--after-command t)
    (when pilotlight--timer (cancel-timer pilotlight--timer))
    (pilotlight--hide)))

(provide 'pilotlight)
;;; pilotlight.el ends here
