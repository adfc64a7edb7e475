import fc from "fast-check"
import { expect, test } from "vitest"
import { landAnswer } from "../../../../server/features/actions/landing/land.ts"
import type { Landing, LandingTask } from "../../../../server/features/actions/landing/landing.ts"
import { languages, parserOf } from "../../../syntax/parsing.ts"

const language = languages.byName("typescript")
const parser = parserOf("typescript")

/** A statement of a function; few different ones, so that many lines are the same. */
const statement = fc.constantFrom(
  "work()",
  "const a = 1",
  "if (a) {\n    work()\n  }",
  "",
  "// why",
  "return `x\n  y`",
  "done(a, b)",
)
const body = fc.array(statement, { maxLength: 6 })

function functionOf(name: string, statements: readonly string[]): string {
  return [`function ${name}() {`, ...statements.map(each => (each === "" ? "" : `  ${each}`)), "}"].join("\n")
}

/** A file of functions with one that is rewritten, and what it becomes. */
const rewriting = fc
  .record({
    bodies: fc.array(body, { minLength: 1, maxLength: 5 }),
    at: fc.nat(),
    fresh: body,
    end: fc.constantFrom("", "\n"),
  })
  .map(({ bodies, at, fresh, end }) => {
    const parts = bodies.map((each, index) => functionOf(`f${index}`, each))
    const chosen = at % parts.length
    const after = parts.map((part, index) => (index === chosen ? functionOf(`f${chosen}`, fresh) : part))
    const start = parts.slice(0, chosen).reduce((sum, part) => sum + part.length + 1, 0)
    return {
      before: parts.join("\n") + end,
      after: after.join("\n") + end,
      answer: after[chosen]!,
      target: { start, end: start + parts[chosen]!.length, name: `f${chosen}` },
    }
  })

function land(answer: string, asked: string, now: string, task: Partial<LandingTask>): Promise<Landing> {
  return landAnswer(answer, {
    form: "rewrite",
    files: [{ path: "a.ts", asked, now, language, parser, known: null }],
    target: null,
    mayRename: false,
    refusal: () => null,
    exists: () => true,
    grammarFor: () => null,
    restore: text => text,
    ...task,
  })
}

function breakages(text: string): boolean {
  const tree = parser.parse(text, null, Number.POSITIVE_INFINITY)
  const has = tree!.hasErrors
  tree!.release()
  return has
}

/** The text after a landing, by its edits from the last to the first. */
function textAfter(landing: Landing, now: string): string {
  if (landing.kind === "refused") return now
  const edits = [...landing.files[0]!.edits]
  return edits
    .reverse()
    .reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), now)
}

test("a perfect rewrite always leads to exactly the text that was meant", async () => {
  await fc.assert(
    fc.asyncProperty(
      rewriting,
      fc.constantFrom("\n", "\r\n"),
      async ({ before, after, answer, target }, eol) => {
        const [asked, meant] = [before.replaceAll("\n", eol), after.replaceAll("\n", eol)]
        const by = (offset: number): number => before.slice(0, offset).replaceAll("\n", eol).length
        const placed = { ...target, start: by(target.start), end: by(target.end) }
        const landing = await land(`\`\`\`\n${answer}\n\`\`\``, asked, asked, { target: placed })
        expect(textAfter(landing, asked).replace(/[ \t]+(?=\r?$)/gm, "")).toBe(
          meant.replace(/[ \t]+(?=\r?$)/gm, ""),
        )
      },
    ),
  )
})

test("after edits elsewhere a rewrite lands in its function, or not at all", async () => {
  await fc.assert(
    fc.asyncProperty(rewriting, statement, statement, async ({ before, after, answer, target }, top, end) => {
      const edited = (text: string): string => `${top}\n${text}\n${end}`
      const now = edited(before)
      const landing = await land(`\`\`\`\n${answer}\n\`\`\``, before, now, { target })
      if (landing.kind === "landed") expect(textAfter(landing, now)).toBe(edited(after))
    }),
  )
})

test("a tree that is at hand changes nothing, whatever becomes of it meanwhile", async () => {
  await fc.assert(
    fc.asyncProperty(
      rewriting,
      statement,
      fc.boolean(),
      async ({ before, answer, target }, top, isBroken) => {
        const now = `${top}\n${before}\n${isBroken ? "}} (" : "last()"}`
        const tree = parser.parse(before, null, Number.POSITIVE_INFINITY)!
        const file = { path: "a.ts", asked: before, now, language, parser, known: { text: before, tree } }
        const written = isBroken ? `${answer} }` : answer
        const landing = land(`\`\`\`\n${written}\n\`\`\``, before, now, { target, files: [file] })
        tree.release()
        const afresh = await land(`\`\`\`\n${written}\n\`\`\``, before, now, {
          target,
          files: [{ ...file, parser: parserOf("typescript"), known: null }],
        })
        expect(await landing).toEqual(afresh)
      },
    ),
  )
})

/** Pieces of which answers are made, right and wrong. */
const piece = fc.oneof(
  fc.constantFrom(
    "```",
    "<<<<<<< SEARCH",
    "=======",
    ">>>>>>> REPLACE",
    "FILE: a.ts",
    "}",
    "{",
    "  work()",
    "`",
    "<hidden:a:1>",
  ),
  statement,
  fc.string(),
)

test("whatever the answer, it is refused or leaves a file that parses as before, with edits that are sorted and apart", async () => {
  await fc.assert(
    fc.asyncProperty(
      rewriting,
      fc.array(piece, { maxLength: 20 }),
      fc.boolean(),
      async ({ before, target }, pieces, isRewrite) => {
        const landing = await land(pieces.join("\n"), before, before, {
          target,
          form: isRewrite ? "rewrite" : "blocks",
        })
        if (landing.kind === "refused") {
          expect(landing.reason).toMatch(/[.]$/)
          return
        }
        const [file] = landing.files
        expect(breakages(file!.after) && !breakages(before)).toBe(false)
        expect(file!.after).not.toContain("<hidden")
        expect(textAfter(landing, before)).toBe(file!.after)
        for (const [at, edit] of file!.edits.entries()) {
          expect(edit.start).toBeGreaterThanOrEqual(file!.edits[at - 1]?.end ?? 0)
        }
      },
    ),
    { numRuns: 300 },
  )
})
