import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { afterAll, expect, test } from "vitest"
import { runDoctor } from "../../server/cli/doctor.ts"
import type { CliIo } from "../../server/cli/io.ts"
import { openHostHere } from "../e2e/in-process.ts"
import { ScriptedModel } from "../model/scripted/scripted-model.ts"
import { testIo } from "./test-io.ts"

const REPOSITORY = resolve(import.meta.dirname, "../..")
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A user with Neovim 0.12, set up, and git in whose project the doctor is asked. */
interface Patient {
  readonly files?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly installed?: Partial<CliIo["installed"]>
}

const NEOVIM = "#!/bin/sh\necho NVIM v0.12.4\n"
const LUA = (
  clients: string,
): string => `-- Written by 'pilotlight setup'; 'pilotlight setup --undo neovim' takes it away.
vim.opt.runtimepath:append('${clients}/neovim')
vim.lsp.config('pilotlight', { cmd = { 'node', 'pilotlight.cjs', '--stdio' } })
vim.lsp.enable('pilotlight')
require('pilotlight').setup()
`

/** What the doctor says is wrong, with its exit code; the home folder is `~`. */
async function checkDoctor({ files = {}, env = {}, installed = {} }: Patient = {}): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), "pilotlight-doctor-"))
  folders.push(home)
  const clients = join(REPOSITORY, "clients")
  const healthy = {
    "bin/nvim": NEOVIM,
    "bin/git": "#!/bin/sh\n",
    "project/.git/HEAD": "",
    ".config/nvim/plugin/pilotlight.lua": LUA(clients),
  }
  for (const [path, text] of Object.entries({ ...healthy, ...files })) {
    if (text === "none") continue
    mkdirSync(dirname(join(home, path)), { recursive: true })
    writeFileSync(join(home, path), text)
    chmodSync(join(home, path), path.startsWith("bin/") ? 0o755 : 0o600)
  }
  let printed = ""
  const print = (text: string): void => {
    printed += text
  }
  const io = testIo(print, {
    env: { HOME: home, PATH: join(home, "bin"), ...env },
    cwd: join(home, "project"),
    openHost: options => openHostHere(options.log, options),
    installed: {
      node: process.version,
      command: ["node", "pilotlight.cjs"],
      clients,
      grammars: join(REPOSITORY, "grammars"),
      ...installed,
    },
  })
  const code = await runDoctor([], io)
  const wrong = printed
    .split("\n")
    .filter(line => line !== "" && !/^(?:ok|warn {2}limits| +-> run: (?:ulimit|sudo))/.test(line))
  return [`${code}`, ...wrong.map(line => line.replaceAll(home, "~").replace(/\d{4,5}\b/, "PORT"))].join("\n")
}

const SETTINGS = ".config/pilotlight/settings.json"

/** Settings that name a model at an address. */
function modelAt(baseUrl: string): Readonly<Record<string, string>> {
  return { [SETTINGS]: JSON.stringify({ model: { provider: "responses", baseUrl } }) }
}

test("a healthy set-up has nothing wrong", async () => {
  expect(await checkDoctor()).toBe("0")
})

test("a model that answers is asked over its real connection", async () => {
  const model = await ScriptedModel.start({ onAsk: ask => ask.answer("1\n", "2\n", "3\n") })
  expect(await checkDoctor({ files: modelAt(model.baseUrl) })).toBe("0")
  await model.stop()
})

test("a bad key", async () => {
  const model = await ScriptedModel.start({ keys: ["right"], onAsk: ask => ask.answer("1") })
  const env = { PILOTLIGHT_API_KEY: "wrong" }
  expect(await checkDoctor({ files: modelAt(model.baseUrl), env })).toMatchInlineSnapshot(`
    "1
    FAIL  model     responses does not answer: the model answered HTTP 401
                    -> put a key that is valid into PILOTLIGHT_API_KEY, or into keys.json beside ~/.config/pilotlight/settings.json"
  `)
  await model.stop()
})

test("a wrong URL", async () => {
  const model = await ScriptedModel.start({ onAsk: ask => ask.answer("1") })
  expect(await checkDoctor({ files: modelAt(model.baseUrl.replace("/v1", "/v2")) })).toMatchInlineSnapshot(`
    "1
    FAIL  model     responses does not answer: model_not_found
                    -> see that http://127.0.0.1:PORT/v2 and the model are right (model.baseUrl in ~/.config/pilotlight/settings.json), that it runs, and that a proxy lets you through"
  `)
  await model.stop()
})

test("a host that can't be reached", async () => {
  const model = await ScriptedModel.start({})
  const address = model.baseUrl
  await model.stop()
  expect(await checkDoctor({ files: modelAt(address) })).toMatchInlineSnapshot(`
    "1
    FAIL  model     responses does not answer: the model can't be reached: connect ECONNREFUSED 127.0.0.1:PORT
                    -> see that http://127.0.0.1:PORT/v1 and the model are right (model.baseUrl in ~/.config/pilotlight/settings.json), that it runs, and that a proxy lets you through"
  `)
})

test("a cache that can't be written", async () => {
  expect(await checkDoctor({ env: { PILOTLIGHT_CACHE: "/dev/null" } })).toMatchInlineSnapshot(`
    "0
    warn  cache     /dev/null/index can't be written, so each start reads the project anew: EACCES: permission denied, access '/dev/null'
                    -> make it writable (chmod u+w /dev/null), or set PILOTLIGHT_CACHE to another folder"
  `)
})

test("a Node that is too old", async () => {
  expect(await checkDoctor({ installed: { node: "v18.20.4" } })).toMatchInlineSnapshot(`
    "1
    FAIL  node      Node v18.20.4 is too old
                    -> install Node 20, 22 or 24"
  `)
})

test("a grammar that is missing", async () => {
  const grammars = mkdtempSync(join(tmpdir(), "pilotlight-grammars-"))
  folders.push(grammars)
  mkdirSync(join(grammars, "node_modules"))
  symlinkSync(join(REPOSITORY, "node_modules/tree-sitter"), join(grammars, "node_modules/tree-sitter"))
  expect((await checkDoctor({ installed: { grammars } })).split("\n").slice(0, 3)).toMatchInlineSnapshot(`
    [
      "0",
      "warn  parsers   c has no parser (the package tree-sitter-c is missing), so its files are completed from plain tokens",
      "                -> install pilotlight anew with npm",
    ]
  `)
})

test("a setting that there is not", async () => {
  expect(await checkDoctor({ files: { [SETTINGS]: '{"modle": {}}' } })).toMatchInlineSnapshot(`
    "1
    FAIL  settings  ~/.config/pilotlight/settings.json: modle is no setting; did you mean model?
                    -> correct it there"
  `)
})

test("two configurations that both start the server", async () => {
  expect(
    await checkDoctor({ files: { ".config/nvim/init.lua": "vim.lsp.enable('pilotlight')\n" } }),
  ).toMatchInlineSnapshot(`
    "0
    warn  neovim    ~/.config/nvim/init.lua and ~/.config/nvim/plugin/pilotlight.lua both set it up
                    -> keep one of them"
  `)
})

test("two settings files", async () => {
  const other = mkdtempSync(join(tmpdir(), "pilotlight-config-"))
  folders.push(other)
  const said = await checkDoctor({ files: { [SETTINGS]: "{}" }, env: { XDG_CONFIG_HOME: other } })
  expect(said.replaceAll(other, "$XDG_CONFIG_HOME")).toMatchInlineSnapshot(`
    "0
    warn  settings  there are two settings files, $XDG_CONFIG_HOME/pilotlight/settings.json counts and ~/.config/pilotlight/settings.json does not
                    -> keep one of them
    warn  neovim    Neovim (NVIM v0.12.4) is not set up by this program
                    -> run: pilotlight setup neovim"
  `)
})

test("no git", async () => {
  expect(await checkDoctor({ files: { "bin/git": "none" } })).toMatchInlineSnapshot(`
    "0
    warn  git       git is not on your PATH, so what changed since a revision can't be reviewed
                    -> install git"
  `)
  expect(
    await checkDoctor({ files: { "project/.git/HEAD": "none", "project/a.ts": "" } }),
  ).toMatchInlineSnapshot(`
    "0
    warn  git       ~/project is in no git repository, so what changed can't be told, and its root is guessed
                    -> run: git init, at the top of the project"
  `)
})

test("a settings file of 0 bytes", async () => {
  expect(await checkDoctor({ files: { [SETTINGS]: "" } })).toMatchInlineSnapshot(`
    "1
    FAIL  settings  ~/.config/pilotlight/settings.json is empty
                    -> write {} into it, or delete it"
  `)
})

test("an editor that is not set up, or too old", async () => {
  expect(
    await checkDoctor({ files: { ".config/nvim/plugin/pilotlight.lua": "none" } }),
  ).toMatchInlineSnapshot(`
    "0
    warn  neovim    Neovim (NVIM v0.12.4) is not set up by this program
                    -> run: pilotlight setup neovim"
  `)
  expect(
    await checkDoctor({ files: { "bin/nvim": "#!/bin/sh\necho NVIM v0.9.1\n" } }),
  ).toMatchInlineSnapshot(`
    "1
    FAIL  neovim    Neovim 0.9 is too old; install 0.12, or 0.11 to do without ghost text
                    -> then run: pilotlight setup neovim"
  `)
})
