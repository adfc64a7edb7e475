import { Memo } from "../../base/memo.ts"
import type { SymbolHit } from "../file-facts.ts"
import type { ResolvedImport } from "./resolver-disk.ts"

/** Files whose exports are kept, names of each at some 300 bytes, and files whose targets are kept, at some KB each. */
const MAX_EXPORTING = 2000
const MAX_NAMES = 500
const MAX_IMPORTING = 500

/** What imports were found to lead to, for as long as nothing changes: the same is asked for at every keystroke. */
export class KnownAnswers {
  readonly #exported = new Memo<string, Memo<string, SymbolHit | null>>(MAX_EXPORTING)
  readonly #targets = new Memo<string, readonly ResolvedImport[]>(MAX_IMPORTING)

  /** What is known of a name that a file exports, else what `find` gives. */
  exported(path: string, name: string, find: () => SymbolHit | null): SymbolHit | null {
    return this.#exported.of(path, () => new Memo(MAX_NAMES)).of(name, find)
  }

  /** Where the imports of a file are known to lead, else what `find` gives. */
  targets(path: string, find: () => readonly ResolvedImport[]): readonly ResolvedImport[] {
    return this.#targets.of(path, find)
  }

  /** Forgets everything: a change of one file can change what any other exports or means. */
  forget(): void {
    this.#exported.forget()
    this.#targets.forget()
  }
}
