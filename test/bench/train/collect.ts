import { Interner } from "../../../server/base/interner.ts"
import { strictLog } from "../../../server/base/log.ts"
import { EmbeddedEngine } from "../../../server/embedded/engine.ts"
import type { VotePredictor } from "../../../server/embedded/prediction.ts"
import { createInProcessSorter } from "../../../server/embedded/sorter.ts"
import { VOTE_GROUPS } from "../../../server/embedded/vote-features.ts"
import type { Languages } from "../../../server/syntax/languages.ts"
import { PACK_SHIFT } from "../../../server/syntax/token-pack.ts"
import { lexiconFor } from "../corpus/bench-languages.ts"
import { fileTokens, projectDocument } from "../embedded/contestants/product.ts"
import type { LinePoint, Snapshot } from "../points/line-point.ts"
import { mulberry32, type Random } from "../random.ts"
import type { VoteExampleList } from "./vote-examples.ts"

/** Predictions taken from each line besides the one of its end. */
const TOKENS_PER_LINE = 5
const SEED = 9

/** Adds the votes for tokens of a snapshot's points, spread over each line, and for the line's end. */
export async function collectVotes(
  snapshot: Snapshot,
  languages: Languages,
  predictor: VotePredictor,
  examples: VoteExampleList,
): Promise<void> {
  const interner = new Interner()
  const engine = new EmbeddedEngine({
    interner,
    lexiconOf: language => lexiconFor(languages, language),
    sorter: createInProcessSorter(),
    symbols: null,
    log: strictLog(),
    predictor,
  })
  engine.replaceFiles(fileTokens(snapshot.files, languages, interner))
  await engine.settled()
  const random = mulberry32(SEED)
  for (const [version, point] of snapshot.points.entries()) {
    for (const { offset, wanted } of wantedTokens(point, random)) {
      const visible = point.text.slice(0, offset) + point.text.slice(point.resume)
      engine.next(projectDocument(point.path, visible, version * 1000 + offset, languages), offset)
      const { tokens, features, count } = predictor.votes
      const id = interner.find(wanted)
      const isRight = Array.from(tokens.subarray(0, count), token => token >> PACK_SHIFT === id)
      examples.add(isRight, features.subarray(0, count * VOTE_GROUPS))
    }
  }
  await engine.dispose()
}

/**
 * Where a line is asked and what stands there. Half of the places lie before the white space of their token, because an
 * engine that decodes or is typed at does not know yet whether there will be any.
 */
function wantedTokens(point: LinePoint, random: Random): { offset: number; wanted: string }[] {
  const { starts, ends, text } = point
  const step = Math.max(1, Math.floor(starts.length / TOKENS_PER_LINE))
  const wanted: { offset: number; wanted: string }[] = []
  for (let token = 0; token < starts.length; token += step) {
    const offset = token > 0 && random() < 0.5 ? ends[token - 1]! : starts[token]!
    wanted.push({ offset, wanted: text.slice(starts[token], ends[token]) })
  }
  wanted.push({ offset: ends.at(-1)!, wanted: "\n" })
  return wanted
}
