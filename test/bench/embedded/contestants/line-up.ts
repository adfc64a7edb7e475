import { benchLanguages, productTokens } from "../../corpus/bench-languages.ts"
import type { Tokenize } from "../../points/line-point.ts"
import type { Contestant } from "../contest.ts"
import { BufferWords } from "./buffer-words.ts"
import { copyMix, ngramMix } from "./match-mixes.ts"
import { ProductContestant } from "./product.ts"
import { PrototypeContestant, PrototypeProject } from "./prototype.ts"
import { loadPrototype, prototypeTokens } from "./prototype-modules.ts"
import { TokenMixer } from "./token-mixer.ts"
import { TokenProject } from "./token-project.ts"

/** Names of the prototype's two engines, asked as the masking wants it, and as its own benchmark asks them. */
export const PROTOTYPE_NAMES: readonly string[] = ["vote", "rerank"]
export const UNMASKED_NAMES: readonly string[] = ["vote, sees line", "rerank, sees line"]

/** Names of the baselines. */
export const BASELINE_NAMES: readonly string[] = ["bufferWords", "copy", "ngram"]

/** Who takes part, and whose tokens must agree on a line for it to be asked. */
interface LineUp {
  readonly contestants: readonly Contestant[]
  readonly tokenizers: readonly Tokenize[]
}

/** The product, the prototype where it is beside the repository, and the baselines; only those in `names` if that is not empty. */
export async function lineUp(repository: string, names: readonly string[]): Promise<LineUp> {
  const languages = benchLanguages(repository)
  const tokenize = productTokens(languages)
  const baseline = new TokenProject(tokenize)
  const contestants: Contestant[] = [
    new ProductContestant(languages),
    new BufferWords(baseline),
    new TokenMixer("copy", baseline, copyMix),
    new TokenMixer("ngram", baseline, ngramMix),
  ]
  const tokenizers = [tokenize]
  const prototype = await loadPrototype(repository)
  if (prototype) {
    tokenizers.push((path, text) => prototypeTokens(prototype, path, text))
    for (const [labels, hidesLine] of [
      [PROTOTYPE_NAMES, true],
      [UNMASKED_NAMES, false],
    ] as const) {
      const project = new PrototypeProject(prototype, hidesLine)
      contestants.push(new PrototypeContestant(labels[0]!, project, "vote"))
      contestants.push(new PrototypeContestant(labels[1]!, project, "rerank"))
    }
  }
  const wanted = (name: string): boolean =>
    names.length === 0 || names.some(prefix => name === prefix || name.startsWith(`${prefix},`))
  return { contestants: contestants.filter(({ name }) => wanted(name)), tokenizers }
}
