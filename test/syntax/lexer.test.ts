import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { strictLog } from "../../server/base/log.ts"
import { Languages } from "../../server/syntax/languages.ts"
import { lex, plainLexicon } from "../../server/syntax/lexer.ts"
import { type Lexicon, TokenKind } from "../../server/syntax/tokens.ts"
import { readGrammars } from "../../server/workspace/grammar-folder.ts"
import { GRAMMARS } from "../workspace/temp-project.ts"

const script: Lexicon = {
  keywords: ["const", "return", "if"],
  lineComments: ["//"],
  spacedComments: false,
  blockComments: [["/*", "*/"]],
  quotes: ['"', "'"],
  chars: false,
  longQuotes: [],
  templates: true,
  regexLiterals: true,
  nameExtras: "$#",
}

const snake: Lexicon = {
  ...plainLexicon,
  keywords: ["def"],
  lineComments: ["#"],
  longQuotes: ['"""', "'''"],
}

const LETTER: Readonly<Record<number, string>> = {
  [TokenKind.identifier]: "i",
  [TokenKind.keyword]: "k",
  [TokenKind.number]: "n",
  [TokenKind.string]: "s",
  [TokenKind.punctuation]: ".",
}

/** Tokens as `kind·text`: i name, k keyword, n number, s string, . mark; ⏎ alone for a line break. */
function checkTokens(text: string, lexicon: Lexicon, expected: string): void {
  const { count, kinds, starts, ends } = lex(text, lexicon)
  const shown = Array.from({ length: count }, (_, i) => {
    const letter = LETTER[kinds[i]!]
    return letter === undefined ? "⏎" : `${letter}·${text.slice(starts[i], ends[i])}`
  })
  expect(shown.join(" ")).toBe(expected)
}

/** A text with the openers of template holes written as §. */
function holes(text: string): string {
  return text.replaceAll("§", `$${"{"}`)
}

/** Pieces whose mixtures reach every branch of the lexer. */
const pieces = fc.array(
  fc.constantFrom(
    ..."abz_$#@09.`'\"\\/*{}()[]<>=!?&|+-:;, \t\r\n\u00a0é漢😀".split(/(?:)/u),
    ...holes("§ const return // /* */ \"\"\" ''' \r\n \\\n /a[/]b/g").split(" "),
  ),
  { maxLength: 60 },
)
const texts = pieces.map(parts => parts.join(""))

describe("lexing", () => {
  test("names, keywords, numbers and operators of two units or more", () => {
    checkTokens("const $a=b1??0x1f;x?.y", script, "k·const i·$a .·= i·b1 .·?? n·0x1f .·; i·x .·?. i·y")
  })

  test("a run of line breaks and the comments in it are one line break", () => {
    checkTokens("a\r\n\n// no\n /* no\n */ b", script, "i·a ⏎ i·b")
  })

  test("templates are cut at their holes, nested ones too", () => {
    checkTokens(holes("`a§b+`c§d}`}e`"), script, holes("s·`a§ i·b .·+ s·`c§ i·d s·}` s·}e`"))
  })

  test("braces inside a hole do not end it", () => {
    checkTokens(holes("`§ {a:{}} }`"), script, holes("s·`§ .·{ i·a .·: .·{ .·} .·} s·}`"))
  })

  test("a slash divides after a value and begins an expression elsewhere", () => {
    checkTokens("a/b/c", script, "i·a .·/ i·b .·/ i·c")
    checkTokens("f(/[/]x/g)", script, "i·f .·( s·/[/]x/g .·)")
    checkTokens("return /x/", script, "k·return s·/x/")
  })

  test("a string ends with its line unless the break is escaped", () => {
    checkTokens('"ab\nc', script, 's·"ab ⏎ i·c')
    checkTokens('"a\\\r\nb"c', script, 's·"a\\\r\nb" i·c')
  })

  test("an apostrophe without a partner on its line stands for itself", () => {
    checkTokens("it's 'so'", plainLexicon, "i·it s·'s ' i·so .·'")
    checkTokens("don't\n'x'", plainLexicon, "i·don .·' i·t ⏎ s·'x'")
  })

  test("long strings span lines", () => {
    checkTokens('def """a\n"b""" # no\n1', snake, 'k·def s·"""a\n"b""" ⏎ n·1')
  })

  test("what is never closed runs to the end", () => {
    checkTokens("a /* b", script, "i·a")
    checkTokens("`a\nb", script, "s·`a\nb")
  })

  test("a range of numbers is not one number", () => {
    checkTokens("0..10 1.5", script, "n·0 .·. .·. n·10 n·1.5")
  })

  test("tokens are in order, never empty, and leave out nothing but blanks and comments", () => {
    fc.assert(
      fc.property(texts, text => {
        const { count, kinds, starts, ends } = lex(text, script)
        let at = 0
        for (let i = 0; i < count; i++) {
          expect(starts[i]!).toBeGreaterThanOrEqual(at)
          expect(ends[i]!).toBeGreaterThan(starts[i]!)
          const gap = text.slice(at, starts[i])
          if (!/\/\/|\/\*/.test(gap))
            expect(gap).toMatch(i > 0 && kinds[i - 1] === TokenKind.lineBreak ? /^\s*$/ : /^[^\S\r\n]*$/)
          at = ends[i]!
        }
      }),
      { numRuns: 400 },
    )
  })

  test("a part of a text is lexed as if nothing else were there", () => {
    fc.assert(
      fc.property(texts, texts, (before, text) => {
        const alone = lex(text, script)
        const part = lex(before + text, script, before.length)
        expect(part.kinds).toEqual(alone.kinds)
        expect(part.starts.map(start => start - before.length)).toEqual(alone.starts)
      }),
      { numRuns: 200 },
    )
  })

  test("a line of a million marks that could all begin something is read through", () => {
    for (const piece of ["'\\", "(/[", holes("`§"), "/*", '"', "=/"]) {
      const text = piece.repeat(1_000_000 / piece.length)
      const { count, ends } = lex(text, script)
      expect(count).toBeLessThanOrEqual(text.length)
      expect(count === 0 || ends[count - 1]! <= text.length).toBe(true)
    }
  })
})

describe("strings of languages:", () => {
  const languages = new Languages(readGrammars([GRAMMARS], strictLog()))

  /** What follows an odd string is lexed as if the string were a plain one. */
  function checkStrings(language: string, text: string, expected: string): void {
    checkTokens(text, languages.byName(language)!.lexicon, expected)
  }

  test("a quote in a string or a character does not end or begin one", () => {
    checkStrings("rust", '"a\\"b" x', 's·"a\\"b" i·x')
    checkStrings("rust", "'\"' '\\'' '\\u{1F600}' '😀' x", "s·'\"' s·'\\'' s·'\\u{1F600}' s·'😀' i·x")
    checkStrings("php", "'it\\'s' $x", "s·'it\\'s' i·$x")
    checkStrings("ruby", "'it\\'s' @x", "s·'it\\'s' i·@x")
    checkStrings("scala", "'\"' x", "s·'\"' i·x")
  })

  test("lifetimes are no strings", () => {
    checkStrings("rust", "<'a>(&'a x)", ".·< .·' i·a .·> .·( .·& .·' i·a i·x .·)")
    checkStrings("rust", "'a'b", "s·'a' i·b")
    checkStrings("rust", "''\n'", ".·' .·' ⏎ .·'")
  })

  test("an apostrophe in a here-document or in text takes nothing with it but its line", () => {
    for (const language of ["bash", "php", "ruby", "vue", "yaml"]) {
      checkStrings(language, "don't\nx", "i·don .·' i·t ⏎ i·x")
    }
  })

  test("a mark of a comment inside a word begins none where comments need a space", () => {
    checkStrings("bash", "$# x # no", ".·$ .·# i·x")
    checkStrings("yaml", "a#b #no", "i·a .·# i·b")
    checkStrings("bash", "#no\n#no\na", "⏎ i·a")
  })

  test("a raw string has no escapes", () => {
    checkStrings("go", "`a\\` x", "s·`a\\` i·x")
  })

  test("strings of three quotes hold quotes of their own", () => {
    checkStrings("python", 'f"""a"b""" x', 'i·f s·"""a"b""" i·x')
  })
})
