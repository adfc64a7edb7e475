import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { Readable } from "node:stream"
import { afterAll, expect, test } from "vitest"
import { runDoctor } from "../../server/cli/doctor.ts"
import type { CliIo } from "../../server/cli/io.ts"
import { openHostHere } from "../e2e/in-process.ts"
import { ScriptedModel } from "../model/scripted/scripted-model.ts"

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
  const io: CliIo = {
    stdout: text => {
      printed += text
    },
    stderr: text => {
      printed += text
    },
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    stdin: Readable.from([]),
    size: () => ({ columns: 80, rows: 24 }),
    env: { HOME: home, PATH: join(home, "bin"), ...env },
    cwd: join(home, "project"),
    onLeave: () => () => {},
    openHost: options => openHostHere(options.log, options),
    installed: {
      node: process.version,
      command: ["node", "pilotlight.cjs"],
      clients,
      grammars: join(REPOSITORY, "grammars"),
      ...installed,
    },
  }
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
  expect(await checkDoctor({ files: modelAt(model.baseUrl), env })).toMatchInlineSnapshot()
  await model.stop()
})

test("a wrong URL", async () => {
  const model = await ScriptedModel.start({ onAsk: ask => ask.answer("1") })
  expect(await checkDoctor({ files: modelAt(model.baseUrl.replace("/v1", "/v2")) })).toMatchInlineSnapshot()
  await model.stop()
})

test("a host that can't be reached", async () => {
  const model = await ScriptedModel.start({})
  await model.stop()
  expect(await checkDoctor({ files: modelAt(model.baseUrl) })).toMatchInlineSnapshot()
})

test("a cache that can't be written", async () => {
  expect(await checkDoctor({ env: { PILOTLIGHT_CACHE: "/dev/null" } })).toMatchInlineSnapshot()
})

test("a Node that is too old", async () => {
  expect(await checkDoctor({ installed: { node: "v18.20.4" } })).toMatchInlineSnapshot()
})

test("a grammar that is missing", async () => {
  const grammars = mkdtempSync(join(tmpdir(), "pilotlight-grammars-"))
  folders.push(grammars)
  mkdirSync(join(grammars, "node_modules"))
  symlinkSync(join(REPOSITORY, "node_modules/tree-sitter"), join(grammars, "node_modules/tree-sitter"))
  expect((await checkDoctor({ installed: { grammars } })).split("\n").slice(0, 3)).toMatchInlineSnapshot()
})

test("a setting that there is not", async () => {
  expect(await checkDoctor({ files: { [SETTINGS]: '{"modle": {}}' } })).toMatchInlineSnapshot()
})

test("two configurations that both start the server", async () => {
  expect(
    await checkDoctor({ files: { ".config/nvim/init.lua": "vim.lsp.enable('pilotlight')\n" } }),
  ).toMatchInlineSnapshot()
})

test("two settings files", async () => {
  const other = mkdtempSync(join(tmpdir(), "pilotlight-config-"))
  folders.push(other)
  const said = await checkDoctor({ files: { [SETTINGS]: "{}" }, env: { XDG_CONFIG_HOME: other } })
  expect(said.replaceAll(other, "$XDG_CONFIG_HOME")).toMatchInlineSnapshot()
})

test("no git", async () => {
  expect(await checkDoctor({ files: { "bin/git": "none" } })).toMatchInlineSnapshot()
  expect(
    await checkDoctor({ files: { "project/.git/HEAD": "none", "project/a.ts": "" } }),
  ).toMatchInlineSnapshot()
})

test("a settings file of 0 bytes", async () => {
  expect(await checkDoctor({ files: { [SETTINGS]: "" } })).toMatchInlineSnapshot()
})

test("an editor that is not set up, or too old", async () => {
  expect(
    await checkDoctor({ files: { ".config/nvim/plugin/pilotlight.lua": "none" } }),
  ).toMatchInlineSnapshot()
  expect(
    await checkDoctor({ files: { "bin/nvim": "#!/bin/sh\necho NVIM v0.9.1\n" } }),
  ).toMatchInlineSnapshot()
})
