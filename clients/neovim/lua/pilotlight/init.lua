-- What Neovim does not do by itself with a Pilotlight client: parts of ghost text, commands, a word for the statusline.
-- Everything goes through plain LSP; nothing here is needed to complete.

local M = {}

local NAME = 'pilotlight'

---@return vim.lsp.Client?
local function client()
  return vim.lsp.get_clients({ name = NAME, bufnr = 0 })[1] or vim.lsp.get_clients({ name = NAME })[1]
end

--- Runs one of the server's commands; says so where no server runs.
---@param command string without the prefix
---@param arguments? any[]
local function run(command, arguments)
  local server = client()
  if not server then
    vim.notify('pilotlight: no server runs for this buffer; see :checkhealth pilotlight', vim.log.levels.WARN)
    return
  end
  server:exec_cmd(
    { title = command, command = NAME .. '.' .. command, arguments = arguments or {} },
    { bufnr = vim.api.nvim_get_current_buf() },
    function(err)
      if err then vim.notify('pilotlight: ' .. err.message, vim.log.levels.WARN) end
    end
  )
end

---@param text string what is new
---@return string its first word, with what stands before it
local function first_word(text)
  return text:match('^%s*[%w_\128-\255]+') or text:match('^%s*[^%w%s_]+') or text
end

---@param text string what is new
---@return string the rest of the line; of the next one if the line ends here
local function first_line(text)
  return text:match('^\n?[^\n]*')
end

--- The suggestion, cut by `part`; the whole one where it can't be cut.
---@param part fun(text: string): string
local function cut(part)
  return function(item)
    local text = item.insert_text
    if type(text) ~= 'string' or not item.range then return item end
    local row, col, end_row, end_col = item.range:to_extmark()
    local there = table.concat(vim.api.nvim_buf_get_text(0, row, col, end_row, end_col, {}), '\n')
    if text:sub(1, #there) ~= there then return item end
    local short = vim.deepcopy(item)
    short.insert_text = there .. part(text:sub(#there + 1))
    -- The command says that all was taken.
    short.command = nil
    return short
  end
end

--- Takes the whole suggestion; false if none is shown. Can stand in a mapping with `expr`.
function M.accept()
  return vim.lsp.inline_completion ~= nil and vim.lsp.inline_completion.get()
end

--- Takes its next word.
function M.accept_word()
  return vim.lsp.inline_completion ~= nil and vim.lsp.inline_completion.get({ on_accept = cut(first_word) })
end

--- Takes the rest of its line.
function M.accept_line()
  return vim.lsp.inline_completion ~= nil and vim.lsp.inline_completion.get({ on_accept = cut(first_line) })
end

--- Has lines rewritten as `instruction` says; asks for it if it is nil.
---@param instruction? string
---@param first integer 1-based
---@param last integer 1-based
function M.edit(instruction, first, last)
  local uri = vim.uri_from_bufnr(0)
  local range = { start = { line = first - 1, character = 0 }, ['end'] = { line = last, character = 0 } }
  local function start(text)
    if text and text ~= '' then run('edit', { { uri = uri, range = range, instruction = text } }) end
  end
  if instruction and instruction ~= '' then return start(instruction) end
  vim.ui.input({ prompt = 'Edit: ' }, start)
end

--- Tells what is being written to go on in another way; asks for it if it is nil.
---@param instruction? string
function M.steer(instruction)
  local function go(text)
    if text and text ~= '' then run('steer', { { instruction = text } }) end
  end
  if instruction and instruction ~= '' then return go(instruction) end
  vim.ui.input({ prompt = 'Steer: ' }, go)
end

--- Ends what is being written in this buffer.
function M.stop() run('stop') end

--- Shows why there was, or was not, a suggestion.
function M.why() run('why', { { uri = vim.uri_from_bufnr(0) } }) end

--- Turns suggestions off, or on again.
function M.toggle() run('toggle') end

--- Takes back everything the last action wrote.
function M.undo() run('undo') end

--- One short text for a statusline: empty without a server, else what it does just now.
---@return string
function M.status()
  local server = client()
  if not server then return '' end
  for progress in server.progress do
    local value = progress.value
    if type(value) == 'table' and value.kind ~= 'end' then
      M.doing = value.percentage and ('%d%%'):format(value.percentage) or value.message or value.title
    elseif type(value) == 'table' then
      M.doing = nil
    end
  end
  return M.doing and (NAME .. ' ' .. M.doing) or NAME
end

---@class pilotlight.Options
---@field accept? string|false key that takes the whole suggestion; `<Tab>` if left out
---@field accept_word? string|false key that takes its next word; none if left out
---@field accept_line? string|false key that takes the rest of its line; none if left out

---@param key string
---@param take fun(): boolean
---@param what string
local function map(key, take, what)
  local before = vim.fn.maparg(key, 'i', false, true)
  vim.keymap.set('i', key, function()
    if take() then return '' end
    if type(before.callback) == 'function' then
      local result = before.callback()
      return before.expr == 1 and result or ''
    end
    return before.rhs and before.expr ~= 1 and before.rhs or key
  end, { expr = true, desc = 'Pilotlight: ' .. what })
end

local COMMANDS = {
  edit = function(at) M.edit(at.rest, at.line1, at.line2) end,
  steer = function(at) M.steer(at.rest) end,
  stop = function() M.stop() end,
  undo = function() M.undo() end,
  why = function() M.why() end,
  toggle = function() M.toggle() end,
}

--- Maps the keys and makes the command `:Pilotlight`.
---@param options? pilotlight.Options
function M.setup(options)
  options = options or {}
  if vim.lsp.inline_completion then
    if options.accept ~= false then map(options.accept or '<Tab>', M.accept, 'take the suggestion') end
    if options.accept_word then map(options.accept_word, M.accept_word, 'take a word of the suggestion') end
    if options.accept_line then map(options.accept_line, M.accept_line, 'take a line of the suggestion') end
  end
  vim.api.nvim_create_user_command('Pilotlight', function(at)
    local name, rest = at.args:match('^(%S+)%s*(.*)$')
    local command = COMMANDS[name]
    if not command then
      vim.notify('pilotlight: there is no ' .. (name or 'command') .. ' here; it has ' .. M.commands(), vim.log.levels.WARN)
      return
    end
    command({ rest = rest, line1 = at.line1, line2 = at.line2 })
  end, {
    nargs = '+',
    range = true,
    desc = 'Pilotlight: edit, steer, stop, undo, why, toggle',
    complete = function(lead)
      return vim.tbl_filter(function(name) return vim.startswith(name, lead) end, vim.tbl_keys(COMMANDS))
    end,
  })
end

---@return string
function M.commands()
  local names = vim.tbl_keys(COMMANDS)
  table.sort(names)
  return table.concat(names, ', ')
end

return M
