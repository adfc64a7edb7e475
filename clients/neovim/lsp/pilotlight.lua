-- Pilotlight for Neovim 0.11 and later; ghost text needs 0.12.
-- With this folder's parent on 'runtimepath', `vim.lsp.enable('pilotlight')` starts it.

---@type vim.lsp.Config
return {
  cmd = { 'pilotlight', '--stdio' },
  filetypes = {
    'bash', 'c', 'cpp', 'cs', 'css', 'elixir', 'go', 'html', 'java', 'javascript', 'javascriptreact', 'json',
    'jsonc', 'kotlin', 'php', 'python', 'ruby', 'rust', 'scala', 'sh', 'toml', 'typescript', 'typescriptreact',
    'yaml', 'zig',
  },
  root_markers = { '.git', 'package.json', 'pyproject.toml', 'go.mod', 'Cargo.toml', 'pom.xml' },
  on_attach = function(client)
    if vim.lsp.inline_completion then
      vim.lsp.inline_completion.enable(true, { client_id = client.id })
    end
  end,
}
