import fc from "fast-check"
import { beforeAll, expect, test } from "vitest"
import type { ContextRequest, ContextSelection } from "../../server/context/context-request.ts"
import { openSnapshot } from "../../server/workspace/document.ts"
import { ContextWorld, countTokens } from "./context-world.ts"

const NAMES = ["alpha", "Beta", "gamma", "Delta", "__proto__", "constructor", "größe", "hasOwnProperty"]

/** Files that import, extend and call each other, with names from everywhere. */
function files(count: number): string {
  return Array.from({ length: count }, (_, at) => {
    const [one, other, third] = [at, at + 1, at + 3].map(each => `${NAMES[each % NAMES.length]}${each % 5}`)
    const next = `./f${(at + 1) % count}`
    return [
      `//- /p/f${at}.ts`,
      `import { ${other} } from "${next}"`,
      `import * as all from "${next}"`,
      `export class ${one} extends ${other} {`,
      `  ${third}: ${other} = new ${other}()`,
      `  read(key: ${other}): ${one} {`,
      "    return all.read(key)",
      "  }",
      "}",
      `export const ${third} = { ${one}, key: { inner: ${at} } }`,
      `export function read${at}(key: ${one}): void {}`,
    ].join("\n")
  }).join("\n")
}

let world: ContextWorld

beforeAll(async () => {
  world = await ContextWorld.of(`${files(12)}\n//- /p/main.ts open\nimport { Beta1 } from "./f1"\n<|>`, {
    edits: [{ path: "/p/f3.ts", startLine: 2, before: "old", after: "new\nand more" }],
    diagnostics: [{ path: "/p/main.ts", line: 0, message: "unused", severity: "warning" }],
  })
})

/** Documents made of pieces of code, whole and broken, with a cursor anywhere in them. */
const place = fc
  .array(
    fc.constantFrom(
      ...[
        'import { alpha0 } from "./f0"\n',
        "const x = new Delta3()\n",
        "x.read(",
        "}}\n",
        "{\n",
        "gamma2.",
        "𝒳 = 1\r\n",
      ],
      ...["class Own {\n  method() {\n", "\n\n\n", "`${", "all.key.inner\n", ...NAMES],
    ),
    { maxLength: 30 },
  )
  .chain(pieces => {
    const text = pieces.join("")
    return fc.record({ text: fc.constant(text), offset: fc.nat(text.length) })
  })

const request = fc.record({
  purpose: fc.constantFrom("complete", "edit", "explain", "review" as const),
  budget: fc.integer({ min: 0, max: 3000 }),
  visible: fc.option(fc.record({ startLine: fc.nat(10), endLine: fc.nat(40) }), { nil: undefined }),
})

type Asked = Pick<ContextRequest, "purpose" | "budget"> & {
  readonly visible: ContextRequest["visible"] | undefined
}

function selectAt(
  { text, offset }: { readonly text: string; readonly offset: number },
  { visible, ...rest }: Asked,
): ContextSelection {
  const document = openSnapshot({ ...world.document, text })
  return world.select({ document, offset, ...rest, ...(visible && { visible }) })
}

test("the parts never take more than the budget, and their tokens add up", () => {
  fc.assert(
    fc.property(place, request, (at, asked) => {
      const { parts, tokens } = selectAt(at, asked)
      expect(tokens).toBeLessThanOrEqual(asked.budget)
      expect(parts.reduce((sum, part) => sum + part.tokens, 0)).toBe(tokens)
      for (const part of parts) expect(part.tokens).toBeGreaterThanOrEqual(countTokens(part.text))
    }),
    { numRuns: 200 },
  )
})

test("no line of a file is shown twice, nor one that the prompt shows", () => {
  fc.assert(
    fc.property(place, request, (at, asked) => {
      const { parts } = selectAt(at, asked)
      const shown = parts.flatMap(({ path, lines }) => lines.map(line => `${path}:${line}`))
      expect(new Set(shown).size).toBe(shown.length)
      const { startLine, endLine } = asked.visible ?? { startLine: 0, endLine: 10_000 }
      const own = parts.filter(({ path }) => path === world.document.path).flatMap(({ lines }) => lines)
      expect(own.filter(line => line >= startLine && line < endLine)).toEqual([])
    }),
    { numRuns: 200 },
  )
})

test("the same place gives the same parts, in order of their score", () => {
  fc.assert(
    fc.property(place, request, (at, asked) => {
      const selection = selectAt(at, asked)
      expect(selectAt(at, asked)).toEqual(selection)
      const scores = selection.parts.map(({ score }) => score)
      expect(scores).toEqual([...scores].sort((a, b) => b - a))
    }),
    { numRuns: 100 },
  )
})
