import { dirname } from "node:path"
import { messageOf } from "../../server/base/errors.ts"
import { actionsBench } from "./actions/actions.ts"
import type { Bench } from "./bench.ts"
import { COLD_CHILD, coldChild } from "./context/cold-answers.ts"
import { contextBench } from "./context/context.ts"
import { corpusFolder } from "./corpus/fetch.ts"
import { editsBench } from "./edits/edits.ts"
import { COST_CHILD } from "./embedded/answer-cost.ts"
import { costChild } from "./embedded/cost-child.ts"
import { embeddedBench } from "./embedded/embedded.ts"
import { indexBench } from "./index/index.ts"
import { PARSE_ONLY_CHILD, parseOnlyChild } from "./index/parse-only.ts"
import { PRODUCT_CHILD, productChild } from "./index/product-child.ts"
import { keystrokeBench } from "./keystroke/keystroke.ts"
import { KEYSTROKE_CHILD, keystrokeChild } from "./keystroke/keystroke-child.ts"
import { redactBench } from "./redact/redact.ts"
import { replyBench } from "./reply/reply.ts"
import { rulesBench } from "./rules/rules.ts"
import { SESSION_CLIENT, sessionClient } from "./session/client-child.ts"
import { SESSION_MODEL, sessionModel } from "./session/model-child.ts"
import { sessionBench } from "./session/session.ts"
import { STALL_CHILD, stallBench, stallChild } from "./stall/stall.ts"
import { PARSE_CHILD, parseBench, parseChild } from "./syntax-cost/parse.ts"
import { reparseBench } from "./syntax-cost/reparse.ts"
import { train } from "./train/train.ts"
import { typingBench } from "./typing/typing.ts"

const BENCHES: ReadonlyMap<string, Bench> = new Map([
  ["embedded", embeddedBench],
  ["context", contextBench],
  ["keystroke", keystrokeBench],
  ["index", indexBench],
  ["edits", editsBench],
  ["actions", actionsBench],
  ["redact", redactBench],
  ["reply", replyBench],
  ["rules", rulesBench],
  ["session", sessionBench],
  ["typing", typingBench],
  ["parse", parseBench],
  ["reparse", reparseBench],
  ["stall", stallBench],
])

/** What else this bundle can run: `npm run train`, and what a bench runs in a process of its own. */
const OTHERS: ReadonlyMap<string, Bench> = new Map([
  ["train", train],
  [COST_CHILD, costChild],
  [COLD_CHILD, coldChild],
  [KEYSTROKE_CHILD, keystrokeChild],
  [SESSION_CLIENT, sessionClient],
  [SESSION_MODEL, sessionModel],
  [PARSE_CHILD, parseChild],
  [PARSE_ONLY_CHILD, parseOnlyChild],
  [PRODUCT_CHILD, productChild],
  [STALL_CHILD, stallChild],
])

async function main(args: readonly string[]): Promise<number> {
  const [name = "", ...rest] = args.filter(arg => arg !== "--json")
  const bench = BENCHES.get(name) ?? OTHERS.get(name)
  if (!bench) {
    const names = [...BENCHES.keys()].join(", ")
    console.error(`usage: npm run bench -- NAME [--json] [options]\nNAME is one of ${names}`)
    return 2
  }
  const figures = await bench({
    // The bundle lies in the repository's dist folder.
    repository: dirname(dirname(process.argv[1]!)),
    corpus: corpusFolder(process.env),
    args: rest,
    say: line => console.log(line),
  })
  if (args.includes("--json")) console.log(JSON.stringify(figures))
  return 0
}

main(process.argv.slice(2)).then(
  code => {
    process.exitCode = code
  },
  (error: unknown) => {
    console.error(messageOf(error))
    process.exitCode = 1
  },
)
