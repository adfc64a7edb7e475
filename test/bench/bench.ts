/** What a bench gives for `--json`: numbers by name, nested one or two levels deep. */
export interface Figures {
  readonly [name: string]: number | string | null | Figures
}

/** What a bench is given to work with. */
export interface BenchWorld {
  /** Absolute folder of this repository. */
  readonly repository: string
  /** Absolute folder that keeps fetched packages. */
  readonly corpus: string
  /** The arguments after the bench's name. */
  readonly args: readonly string[]
  /** Prints one line for people. */
  readonly say: (line: string) => void
}

/** One bench: says tables for people while it runs, gives its figures at the end. */
export type Bench = (world: BenchWorld) => Promise<Figures>
