import { lex } from "../../../server/syntax/lexer.ts"
import type { Lexicon, TokenStream } from "../../../server/syntax/tokens.ts"

const ts: Lexicon = {
  keywords: "abstract any as asserts async await bigint boolean break case catch class const continue debugger declare default delete do else enum export extends false finally for from function get if implements import in infer instanceof interface is keyof let namespace never new null number object of override private protected public readonly return satisfies set static string super switch symbol this throw true try type typeof undefined unique unknown var void while with yield".split(" "),
  lineComments: ["//"], blockComments: [["/*", "*/"]], quotes: ['"', "'"], longQuotes: [], templates: true, regexLiterals: true, nameExtras: "$",
}
export function tokensOf(_path: string, text: string): TokenStream { return lex(text, ts) }
