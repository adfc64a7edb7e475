" Pilotlight for Vim, through ALE (https://github.com/dense-analysis/ale), which must be loaded before this file.
"
" ALE shows completions when g:ale_completion_enabled is 1 before it is loaded, or by hand with CTRL-X CTRL-O. It has no
" ghost text and lets no server change a file, so there are completions and warnings, but no actions.

let g:pilotlight_executable = get(g:, 'pilotlight_executable', 'pilotlight')
let g:pilotlight_command = get(g:, 'pilotlight_command', '%e --stdio')

if !exists('g:loaded_ale_dont_use_this_in_other_plugins_please')
  finish
endif

function! PilotlightRoot(buffer) abort
  let l:repository = ale#path#FindNearestDirectory(a:buffer, '.git')
  if !empty(l:repository)
    return fnamemodify(l:repository, ':p:h:h')
  endif
  for l:mark in ['package.json', 'pyproject.toml', 'go.mod', 'Cargo.toml', 'pom.xml']
    let l:found = ale#path#FindNearestFile(a:buffer, l:mark)
    if !empty(l:found)
      return fnamemodify(l:found, ':p:h')
    endif
  endfor
  return fnamemodify(bufname(a:buffer), ':p:h')
endfunction

for s:type in ['c', 'cpp', 'css', 'go', 'html', 'java', 'javascript', 'javascriptreact', 'json', 'python', 'ruby', 'rust', 'sh', 'typescript', 'typescriptreact']
  call ale#linter#Define(s:type, {
  \   'name': 'pilotlight',
  \   'lsp': 'stdio',
  \   'executable': {buffer -> g:pilotlight_executable},
  \   'command': {buffer -> g:pilotlight_command},
  \   'project_root': function('PilotlightRoot'),
  \   'language': {buffer -> getbufvar(buffer, '&filetype')},
  \   'initialization_options': {'completion': {'listHoldMs': 2000}},
  \})
endfor

augroup pilotlight
  autocmd!
  autocmd FileType * if &omnifunc ==# '' | setlocal omnifunc=ale#completion#OmniFunc | endif
augroup END
