import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { parse } from "smol-toml"
import { afterAll, expect, test } from "vitest"
import { runProgram } from "../e2e/server-process.ts"

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A user with made-up editors on the PATH: each prints what `editors` says, whatever it is asked. */
class User {
  readonly #folder = mkdtempSync(join(tmpdir(), "pilotlight-setup-"))

  constructor(editors: Readonly<Record<string, string>>) {
    folders.push(this.#folder)
    this.write("project/main.ts", "export {}\n")
    this.write("bin/node", `#!/bin/sh\nexec "${process.execPath}" "$@"\n`, 0o755)
    for (const [name, says] of Object.entries(editors)) {
      this.write(`bin/${name}`, `#!/bin/sh\ncat <<'END'\n${says}\nEND\n`, 0o755)
    }
  }

  write(path: string, text: string, mode = 0o644): void {
    mkdirSync(dirname(this.path(path)), { recursive: true })
    writeFileSync(this.path(path), text)
    chmodSync(this.path(path), mode)
  }

  /** The text of a file in the home folder; null if there is none. */
  read(path: string): string | null {
    return existsSync(this.path(path)) ? readFileSync(this.path(path), "utf8") : null
  }

  path(path: string): string {
    return join(this.#folder, path)
  }

  setup(...args: readonly string[]): ReturnType<typeof runProgram> {
    const env = { HOME: this.#folder, XDG_CONFIG_HOME: undefined, PATH: `${this.path("bin")}:/usr/bin:/bin` }
    return runProgram(this.path("project"), ["setup", ...args], env)
  }
}

const NEOVIM = "NVIM v0.12.4"
const HELIX =
  "Configured language servers:\n  ✓ main-server: /usr/bin/main-server\nConfigured debug adapter: None"
const LANGUAGES = ".config/helix/languages.toml"

/** What Helix would read of a language. */
function serversIn(text: string | null, language: string): unknown {
  const table = parse(text ?? "") as { language?: { name: string; "language-servers"?: unknown }[] }
  return table.language?.find(({ name }) => name === language)?.["language-servers"]
}

test("each editor that is found is set up, and undoing leaves nothing of it", () => {
  const user = new User({ nvim: NEOVIM, hx: HELIX, emacs: "GNU Emacs 30.2" })
  const { code, out, err } = user.setup("--yes")
  expect({ code, err }).toEqual({ code: 0, err: "" })
  const files = [".config/nvim/plugin/pilotlight.lua", LANGUAGES, ".emacs.d/init.el"]
  for (const file of files) expect(out).toContain(`wrote ${user.path(file)}`)
  expect(user.setup("--undo").code).toBe(0)
  expect(files.map(file => user.read(file))).toEqual([null, null, null])
})

test("nothing is written without consent", () => {
  const user = new User({ nvim: NEOVIM })
  expect(user.setup("--print").out).toContain("+ vim.lsp.enable('pilotlight')")
  expect(user.setup().out).toContain("nothing was written")
  expect(user.read(".config/nvim/plugin/pilotlight.lua")).toBe(null)
})

test("Helix keeps the servers that it has for a language", () => {
  const user = new User({ hx: HELIX })
  expect(user.setup("--yes").code).toBe(0)
  expect(serversIn(user.read(LANGUAGES), "typescript")).toEqual(["main-server", "pilotlight"])
})

test("Helix keeps the servers, the settings and the comments that the user wrote", () => {
  const user = new User({ hx: HELIX })
  const own = `# mine
[[language]]
name = "rust" # too
auto-format = false

[[language]]
name = "typescript"
language-servers = [
  "deno", # not the other one
  { name = "efm", only-features = ["format"] },
]
`
  user.write(LANGUAGES, own)
  expect(user.setup("--yes").code).toBe(0)
  const text = user.read(LANGUAGES)
  expect(serversIn(text, "typescript")).toEqual([
    "deno",
    { name: "efm", "only-features": ["format"] },
    "pilotlight",
  ])
  expect(text).toContain('name = "rust" # too\nauto-format = false\n')
  expect(text).toContain("# not the other one")
  expect(user.setup("--undo", "helix").code).toBe(0)
  expect(user.read(LANGUAGES)).toBe(own)
})

test("a language that the user set up without servers gets its main servers and us", () => {
  const user = new User({ hx: HELIX })
  user.write(LANGUAGES, '[[language]]\nname = "typescript"\nindent = { tab-width = 8, unit = "\\t" }\n')
  expect(user.setup("--yes").code).toBe(0)
  expect(serversIn(user.read(LANGUAGES), "typescript")).toEqual(["main-server", "pilotlight"])
  expect(user.read(LANGUAGES)).toContain("tab-width = 8")
})

test("a second time there is nothing to do", () => {
  const user = new User({ nvim: NEOVIM, hx: HELIX, emacs: "GNU Emacs 30.2", vim: "VIM 9" })
  user.setup("--yes")
  expect(user.setup("--yes").out).toBe(
    "Neovim is set up already\nHelix is set up already\nEmacs is set up already\nVim with ALE is set up already\n",
  )
})

test("a language that comes later is added to ours, and undoing still gives back the user's own", () => {
  const user = new User({ hx: HELIX })
  user.write(LANGUAGES, "# mine\n")
  user.setup("--yes")
  user.write("project/main.py", "")
  user.setup("--yes")
  expect(serversIn(user.read(LANGUAGES), "python")).toEqual(["main-server", "pilotlight"])
  expect(serversIn(user.read(LANGUAGES), "typescript")).toEqual(["main-server", "pilotlight"])
  user.setup("--undo")
  expect(user.read(LANGUAGES)).toBe("# mine\n")
})

test("what the user changed since is not undone, and says where the earlier text is", () => {
  const user = new User({ emacs: "GNU Emacs 30.2" })
  user.write(".emacs", "(mine)\n")
  user.setup("--yes")
  user.write(".emacs", `${user.read(".emacs")}(more)\n`)
  const { code, err } = user.setup("--undo")
  expect(code).toBe(1)
  expect(err).toBe(
    `${user.path(".emacs")} was changed since, so it stays; it was as ${user.path(".emacs.before-pilotlight")} is\n`,
  )
})

test("Emacs keeps the client that its init file speaks of", () => {
  const user = new User({ emacs: "GNU Emacs 30.2" })
  user.write(".emacs.d/init.el", "(add-hook 'prog-mode-hook #'lsp)\n")
  user.setup("--yes")
  expect(user.read(".emacs.d/init.el")).toContain("(require 'pilotlight)")
  expect(user.read(".emacs.d/init.el")).not.toContain("pilotlight-ensure")
})

test("an editor that is too old is told so, and the others are set up all the same", () => {
  const user = new User({ nvim: "NVIM v0.9.5", hx: HELIX })
  const { code, err } = user.setup("--yes")
  expect({ code, err }).toEqual({
    code: 1,
    err: "pilotlight setup: Neovim 0.9 is too old; install 0.12, or 0.11 to do without ghost text\n",
  })
  expect(serversIn(user.read(LANGUAGES), "typescript")).toBeDefined()
})

test("a configuration that is broken is left alone", () => {
  const user = new User({ hx: HELIX })
  user.write(LANGUAGES, "[[language\n")
  const { code, err } = user.setup("--yes")
  expect(code).toBe(1)
  expect(err).toContain(`${user.path(LANGUAGES)} is no TOML that Helix could read`)
  expect(user.read(LANGUAGES)).toBe("[[language\n")
})

test("an editor that is not there, or not known, is named", () => {
  const user = new User({})
  expect(user.setup("neovim")).toMatchObject({
    code: 1,
    err: "pilotlight setup: none of nvim is on your PATH\n",
  })
  expect(user.setup("ed").err).toContain("there is no editor 'ed'; it knows neovim, helix, emacs, vim")
})
