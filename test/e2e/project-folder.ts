import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { parseFixture } from "../fixture.ts"

/** A folder on disk with the files of a fixture; goes away with its scope. */
export class ProjectFolder implements Disposable {
  readonly path: string

  constructor(fixture: string) {
    this.path = realpathSync(mkdtempSync(join(tmpdir(), "pilotlight-project-")))
    for (const file of parseFixture(fixture).files) this.write(file.path, file.text)
  }

  /** Writes a file; `name` starts with `/`. */
  write(name: string, text: string): void {
    const path = join(this.path, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }

  uri(name: string): string {
    return `file://${this.path}${name}`
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}

/** Three files that say the same in different words, so that there is something to learn. */
export const SHOP: string = `
  //- /src/cart.ts
  import { formatPrice } from "./price"
  export function cartTotal(items: readonly Item[]): string {
    const total = items.reduce((sum, item) => sum + item.price, 0)
    return formatPrice(total)
  }
  //- /src/order.ts
  import { formatPrice } from "./price"
  export function orderTotal(items: readonly Item[]): string {
    const total = items.reduce((sum, item) => sum + item.price, 0)
    return formatPrice(total)
  }
  //- /src/price.ts
  export function formatPrice(cents: number): string {
    return (cents / 100).toFixed(2)
  }
  export interface Item {
    readonly name: string
    readonly price: number
  }
`
