import { describe, expect, test } from "vitest"
import { openSnapshot } from "../../server/workspace/document.ts"
import type { SymbolIndex } from "../../server/workspace/file-facts.ts"
import { answerIn, EngineWorld } from "./engine-world.ts"

/** The line suggested in a fixture; null for silence. */
async function checkLine(
  fixture: string,
  expected: string | null,
  options: { readonly threshold?: number; readonly lines?: number } = {},
): Promise<void> {
  const { line } = await answerIn(fixture, options)
  expect(line?.text ?? null).toBe(expected)
}

/** The words offered in a fixture, in order. */
async function checkWords(fixture: string, expected: readonly string[]): Promise<void> {
  const { words } = await answerIn(fixture)
  expect(words.map(word => word.text)).toEqual(expected)
}

describe("the line", () => {
  test("a line written elsewhere is offered again", async () => {
    await checkLine(
      `
      //- /a.ts
      const server = createServer({ port: 80 })
      server.listen(port, onReady)
      export const done = finish(server)
      //- /b.ts open
      const server = createServer({ port: 80 })
      server.<|>
      `,
      "listen(port, onReady)",
    )
  })

  test("names are bound to those at the same place", async () => {
    await checkLine(
      `
      //- /a.ts
      export function readUser(user) {
        log.enter()
        return store(user, today)
      }
      export function readGroup(group) {
        log.enter()
        return store(group, today)
      }
      //- /b.ts open
      export function readItem(item) {
        log.enter()
        return <|>
      }
      `,
      "store(item, today)",
      { threshold: 0.2 },
    )
  })

  test("what begins the next line does not count as standing behind the cursor on an empty line", async () => {
    const world = new EngineWorld()
    await world.learn({ "/a.ts": "setup(one)\ncheck(two)\nfinish(four)\n" })
    const above = "setup(one)\n"
    const text = `${above}\ncheck(three)\nfinish(four)\n`
    const document = openSnapshot({ uri: "file:///b.ts", path: "/b.ts", language: "tiny", version: 1, text })
    expect(world.engine.decode(document, above.length).text).toMatch(/^check\(/)
  })

  test("what stands in the open document counts before it is saved", async () => {
    await checkLine(
      `
      //- /only.ts open
      registry.install("alpha", makeAlpha())
      registry.uninstall("alpha")
      registry.install("alpha", <|>
      `,
      "makeAlpha())",
    )
  })

  test("nothing is said where nothing agrees", async () => {
    await checkLine(
      `
      //- /a.ts
      const a = 1
      //- /b.ts open
      zig<|>
      `,
      null,
    )
  })

  test("nothing is said in an empty document of an empty project", async () => {
    const { line, words } = new EngineWorld().ask("<|>")
    expect({ line, words }).toEqual({ line: null, words: [] })
  })

  test("the next visible line is not offered once more", async () => {
    await checkLine(
      `
      //- /a.ts
      open(door)
      close(door)
      //- /b.ts open
      open(door)
      <|>
      close(door)
      `,
      null,
    )
  })

  test("a bracket that stands behind the cursor is not closed twice", async () => {
    await checkLine(
      `
      //- /a.ts
      emit("start", payload)
      emit("stop", payload)
      //- /b.ts open
      emit("stop", <|>)
      `,
      "payload",
    )
  })

  describe("further lines", () => {
    /** Long enough to make the engine sure of what comes next. */
    const HEAD = Array.from({ length: 12 }, (_, at) => `begin(part, table, ${at})\n`).join("")

    /** What is suggested in a file that begins like twelve known ones. */
    async function rest(known: string, asked: string): Promise<string | undefined> {
      const world = new EngineWorld()
      const names = Array.from({ length: 12 }, (_, at) => `/known/${at}.ts`)
      await world.learn(Object.fromEntries(names.map(name => [name, HEAD + known])))
      return world.ask(HEAD + asked, { lines: 4, path: "/known/open.ts" }).line?.text
    }

    test("end before one that leaves a bracket open", async () => {
      const known = "start()\nlock(table)\nimport {\n  one,\n  two,\n} from here\n"
      expect(await rest(known, "start()\nlo<|>")).toBe("ck(table)")
    })

    test("follow while the engine is sure, closing what the first one opened", async () => {
      const known = "start()\nif (table) {\n  update(table)\n}\nend()\n"
      expect(await rest(known, "start()\nif<|>")).toBe(" (table) {\n    update(table)\n}")
    })
  })

  test("confidence falls as the threshold lets more through", async () => {
    const fixture = `
      //- /a.ts
      run(alpha, beta)
      run(alpha, gamma)
      run(alpha, delta)
      //- /b.ts open
      run(<|>
      `
    const bold = await answerIn(fixture, { threshold: 0 })
    const shy = await answerIn(fixture, { threshold: 0.6 })
    expect(bold.line!.text.startsWith(shy.line?.text ?? "")).toBe(true)
    expect(bold.line!.confidence).toBeLessThanOrEqual(shy.line?.confidence ?? 1.1)
  })

  test("a string is completed without a second quote", async () => {
    await checkLine(
      `
      //- /a.ts
      import { shape } from "./geometry/shape"
      use(shape)
      //- /b.ts open
      import { shape } from "./geo<|>"
      `,
      "metry/shape",
    )
  })

  test("comments get words but no line", async () => {
    const { line, words } = await answerIn(`
      //- /b.ts open
      const temperature = 1
      // the temp<|>
      `)
    expect(line).toBeNull()
    expect(words[0]?.text).toBe("temperature")
  })
})

describe("words", () => {
  test("what is voted for comes before what is near, each once, never the word as typed", async () => {
    await checkWords(
      `
      //- /a.ts
      const client = connect(address)
      client.send(message)
      //- /b.ts open
      const sender = 1
      const sent = 2
      const client = connect(address)
      client.sen<|>
      `,
      ["send", "sent", "sender"],
    )
  })

  test("words of other files are known", async () => {
    await checkWords(
      `
      //- /a.ts
      export function elaborateName() {}
      //- /b.ts open
      elab<|>
      `,
      ["elaborateName"],
    )
  })

  test("names the project declares are known, each once, as symbols", async () => {
    const asked: string[] = []
    const declared = ["elaborateName", "elaborateWay", "other"].map(name => ({
      name,
      kind: "function" as const,
      path: "/a.ts",
      start: 0,
      end: 1,
      nameStart: 0,
      line: 0,
      container: null,
      signature: name,
      exported: true,
    }))
    const symbols: Pick<SymbolIndex, "prefix"> = {
      prefix: (prefix, limit) => {
        asked.push(prefix)
        return declared.filter(({ name }) => name.startsWith(prefix)).slice(0, limit)
      },
    }
    const world = new EngineWorld(symbols)
    await world.learn({ "/a.ts": "export function elaborateName() {}\n" })
    const { words } = world.ask("elab<|>\n")
    expect(asked).toEqual(["elab"])
    const offered = words.map(({ text, source }) => `${text} ${source}`).sort()
    expect(offered).toEqual(["elaborateName symbol", "elaborateWay symbol"])
  })

  test("in the middle of a word the word is still completed, the line is not", async () => {
    const { line, words } = await answerIn(`
      //- /b.ts open
      const bookkeeping = 1
      book<|>ke
      `)
    expect(line).toBeNull()
    expect(words[0]).toMatchObject({ text: "bookkeeping", typed: 4 })
  })
})

describe("files that change", () => {
  test("a replaced file leaves no vote of its old version", async () => {
    const world = new EngineWorld()
    await world.learn({ "/a.ts": "start(oldName, now)\n", "/b.ts": "other()\n" })
    expect(world.ask("start(<|>\n").line?.text).toContain("oldName")
    await world.learn({ "/a.ts": "start(newName, now)\n" })
    const { line, words } = world.ask("start(<|>\n")
    expect(line?.text).toContain("newName")
    expect(words.map(word => word.text)).not.toContain("oldName")
  })

  test("a deleted file says nothing any more", async () => {
    const world = new EngineWorld()
    await world.learn({ "/a.ts": "start(oldName, now)\n" })
    await world.learn({ "/a.ts": null })
    expect(world.ask("start(<|>\n")).toEqual({ line: null, words: [] })
    expect(world.ask("oldN<|>\n").words).toEqual([])
  })

  test("an open document hides its file on disk", async () => {
    const world = new EngineWorld()
    await world.learn({ "/a.ts": "start(fromDisk, now)\n" })
    expect(world.ask("start(<|>\n", { path: "/a.ts" }).line).toBeNull()
  })

  test("a half-typed word never becomes one of the project's", async () => {
    const world = new EngineWorld()
    await world.learn({ "/a.ts": "const alpha = 1\n" })
    const before = world.interner.size
    world.ask("const unheardOf<|>\n")
    expect(world.interner.size).toBe(before)
  })
})

describe("bad input", () => {
  const monsters: Record<string, string> = {
    "one line of two million units": `${"a.b(c) + ".repeat(222_222)}<|>`,
    "a million brackets": `${"([{".repeat(300_000)}<|>`,
    "half a surrogate pair": "const a = '\ud83d<|>\udc00'\n",
    "only line breaks": `${"\r\n".repeat(50_000)}<|>${"\n".repeat(50_000)}`,
    "an unclosed template": "`${`${`${<|>",
    "nothing but a comment": "/* <|>",
    "a lone quote": '"<|>',
  }
  for (const [name, text] of Object.entries(monsters)) {
    test(`${name} gets an answer`, async () => {
      const world = new EngineWorld()
      await world.learn({ "/a.ts": "a.b(c) + d\n" })
      const { words } = world.ask(text)
      expect(words.length).toBeLessThanOrEqual(6)
      await world.engine.settled()
    })
  }

  test("any offset of any text gets an answer", async () => {
    const world = new EngineWorld()
    const code = `const a = \`x\${b}y\` // c\nif (a) { return 'd' }\n`
    await world.learn({ "/a.ts": code })
    const text = `${code}/* e`
    for (let at = 0; at <= text.length; at++) {
      const { line } = world.ask(`${text.slice(0, at)}<|>${text.slice(at)}`, { threshold: 0, lines: 3 })
      expect(line === null || line.text.length > 0).toBe(true)
    }
  })
})
