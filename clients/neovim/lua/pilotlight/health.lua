-- `:checkhealth pilotlight`

local M = {}

local health = vim.health

local function version()
  if vim.fn.has('nvim-0.11') == 0 then
    health.error('Neovim is older than 0.11', { 'Install Neovim 0.11, or 0.12 for ghost text' })
    return false
  end
  if not vim.lsp.inline_completion then
    health.warn('Neovim is older than 0.12: there is no ghost text', { 'Install Neovim 0.12' })
    return true
  end
  health.ok('Neovim shows ghost text')
  return true
end

local function program()
  local config = vim.lsp.config.pilotlight
  local command = config and type(config.cmd) == 'table' and config.cmd[1] or 'pilotlight'
  if not config then
    health.error('there is no configuration named pilotlight', {
      "Put clients/neovim of Pilotlight on 'runtimepath', or run: pilotlight setup neovim",
    })
  elseif vim.fn.executable(command) == 0 then
    health.error(command .. ' is not on your PATH', { 'npm install --global pilotlight', 'pilotlight setup neovim' })
  else
    health.ok(command .. ' is there')
  end
end

local function servers()
  local running = vim.lsp.get_clients({ name = 'pilotlight' })
  if not vim.lsp.is_enabled('pilotlight') then
    health.warn('it is not enabled', { "vim.lsp.enable('pilotlight')" })
  elseif #running == 0 then
    health.info('no server runs; one starts when a file of a known type is opened')
  end
  for _, server in ipairs(running) do
    health.ok(('a server runs for %s'):format(server.root_dir or 'files without a project'))
  end
end

local function keys()
  local tab = vim.fn.maparg('<Tab>', 'i', false, true)
  if vim.lsp.inline_completion and not (tab.desc or ''):find('Pilotlight', 1, true) then
    health.info("<Tab> takes no suggestion; map a key to require('pilotlight').accept, or call its setup()")
  end
end

function M.check()
  health.start('pilotlight')
  if not version() then return end
  program()
  servers()
  keys()
  health.info('more: run pilotlight doctor in a terminal')
end

return M
