" Pilotlight for Vim, through vim-lsp (https://github.com/prabirshrestha/vim-lsp). Source this file in your vimrc.
"
" Suggestions are in the completion menu; fixes and refactorings are code actions. It runs beside the main server.

augroup pilotlight
  autocmd!
  autocmd User lsp_setup call lsp#register_server({
  \   'name': 'pilotlight',
  \   'cmd': {info -> ['pilotlight', '--stdio']},
  \   'allowlist': ['c', 'cpp', 'css', 'go', 'html', 'java', 'javascript', 'javascriptreact', 'json', 'python', 'ruby', 'rust', 'sh', 'typescript', 'typescriptreact'],
  \ })
augroup END
