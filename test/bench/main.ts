import { dirname } from "node:path"
import type { Bench } from "./bench.ts"
import { corpusFolder } from "./corpus/fetch.ts"
import { embeddedBench } from "./embedded/embedded.ts"

const BENCHES: Readonly<Record<string, Bench>> = {
  embedded: embeddedBench,
}

async function main(): Promise<number> {
  const args = process.argv.slice(2)
  const json = args.includes("--json")
  const [name, ...rest] = args.filter(arg => arg !== "--json")
  const bench = name === undefined ? undefined : BENCHES[name]
  if (!bench) {
    console.error(`usage: npm run bench -- NAME [--json] [options], NAME one of ${Object.keys(BENCHES).join(", ")}`)
    return 2
  }
  // The bundle lies in the repository's dist folder.
  const repository = dirname(dirname(process.argv[1]!))
  const figures = await bench({
    repository,
    corpus: corpusFolder(process.env),
    args: rest,
    say: line => console.log(line),
  })
  if (json) console.log(JSON.stringify(figures))
  return 0
}

main().then(
  code => {
    process.exitCode = code
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  },
)
