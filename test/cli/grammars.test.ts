import { spawnSync } from "node:child_process"
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"

const PROGRAM = join(import.meta.dirname, "../../dist/pilotlight.cjs")

let home = ""
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "pilotlight-grammars-"))
})
afterEach(() => rmSync(home, { recursive: true }))

/** Runs `pilotlight grammars` with a data folder of its own and `path` as the PATH; gives the exit code and what was printed. */
function checkGrammars(args: readonly string[], path: string, env: NodeJS.ProcessEnv = {}): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, "grammars", ...args], {
    cwd: home,
    encoding: "utf8",
    env: { ...process.env, XDG_DATA_HOME: join(home, "data"), PATH: path, ...env },
  })
  return `${status}: ${stdout}${stderr}`.replaceAll(home, "")
}

/** A folder with an `npm` that notes its arguments and does what `script` says in the folder of the parsers. */
function fakeNpm(script: string): string {
  const bin = join(home, "bin")
  mkdirSync(bin)
  writeFileSync(join(bin, "npm"), `#!/bin/sh\necho "$@" >"${home}/arguments"\n${script}\n`)
  chmodSync(join(bin, "npm"), 0o755)
  return `${bin}${delimiter}${process.env["PATH"]}`
}

const INSTALLS = `mkdir -p node_modules/tree-sitter-ruby
echo '{"name":"tree-sitter-ruby","version":"0.23.1"}' >node_modules/tree-sitter-ruby/package.json
echo 'module.exports = {}' >node_modules/tree-sitter-ruby/index.js`

test("without arguments the languages are listed with where their parsers stand", () => {
  const list = checkGrammars([], "")
  expect(list).toMatch(/^0: bash {8}not installed$/m)
  expect(list).toMatch(/^typescript {2}built in$/m)
  expect(list).toMatch(/^markdown {4}plain tokens$/m)
  const rows: readonly { name: string; state: string }[] = JSON.parse(checkGrammars(["--json"], "").slice(3))
  expect(rows.find(row => row.name === "ruby")).toEqual({
    name: "ruby",
    extensions: [".rb", ".rake", ".gemspec", ".ru"],
    package: "tree-sitter-ruby",
    version: "0.23.1",
    state: "not installed",
  })
})

test("a parser is installed at its pinned version without running scripts, listed, and removed", () => {
  const path = fakeNpm(
    `if [ "$1" = uninstall ]; then rm -r node_modules/tree-sitter-ruby; else ${INSTALLS}; fi`,
  )
  expect(checkGrammars(["add", "ruby"], path)).toBe(
    "0: ruby has its parser now; restart the editor's server to use it\n",
  )
  expect(readFileSync(join(home, "arguments"), "utf8").replaceAll(home, "")).toBe(
    "install --save-exact tree-sitter-ruby@0.23.1 --prefix /data/pilotlight/grammars --ignore-scripts --legacy-peer-deps --no-audit --no-fund\n",
  )
  expect(checkGrammars([], path)).toMatch(/^ruby {8}installed$/m)
  expect(checkGrammars(["remove", "ruby"], path)).toBe("0: the parser of ruby is gone\n")
  expect(checkGrammars(["remove", "ruby"], path)).toBe(
    "1: pilotlight grammars: ruby has no parser installed\n",
  )
})

test("a parser that does not load here is told", () => {
  const path = fakeNpm(
    `${INSTALLS}\necho 'throw new Error("no prebuild")' >node_modules/tree-sitter-ruby/index.js`,
  )
  expect(checkGrammars(["add", "ruby"], path)).toBe(
    "1: pilotlight grammars: tree-sitter-ruby was installed but does not load here: no prebuild\n",
  )
})

test("what npm can't do is one sentence", () => {
  const offline = {
    npm_config_registry: "http://127.0.0.1:1",
    npm_config_fetch_retries: "0",
    npm_config_cache: home,
  }
  const path = `${dirname(process.execPath)}${delimiter}${process.env["PATH"]}`
  expect(checkGrammars(["add", "yaml"], path, offline)).toBe(
    "1: pilotlight grammars: the npm registry can't be reached; nothing was changed\n",
  )
  expect(checkGrammars(["add", "yaml"], home)).toBe(
    "1: pilotlight grammars: parsers are installed with npm, and there is no npm on the PATH\n",
  )
  const failing = fakeNpm(`echo 'npm error code EACCES\nnpm error permission denied' >&2; exit 1`)
  expect(checkGrammars(["add", "yaml"], failing)).toBe(
    "1: pilotlight grammars: npm failed: permission denied\n",
  )
})

test("a name that can't be installed is explained", () => {
  expect(checkGrammars(["add", "css"], "")).toBe("1: pilotlight grammars: the parser of css is built in\n")
  expect(checkGrammars(["add", "markdown"], "")).toBe(
    "1: pilotlight grammars: markdown has no parser; it is completed from plain tokens\n",
  )
  expect(checkGrammars(["add", "nope"], "")).toBe(
    "1: pilotlight grammars: there is no language 'nope'; 'pilotlight grammars' lists them\n",
  )
  expect(checkGrammars(["frob"], "")).toMatch(/^2: .*no action 'frob'/)
  expect(checkGrammars(["add"], "")).toMatch(/^2: .*add needs the NAME/)
})
