import type { Snapshot } from "../points/line-point.ts"
import { mulberry32 } from "../random.ts"
import type { Contestant } from "./contest.ts"
import { drawCursors, measurePoint } from "./measure.ts"
import { emptyRows, meanQuality, type Quality, type QualityRows, qualityOf } from "./quality.ts"

/** Rows of every contestant, by group and seed. */
export class Contest {
  readonly #rows = new Map<string, Map<string, Map<number, QualityRows>>>()
  readonly #seconds = new Map<string, number>()
  #points = 0

  get points(): number {
    return this.#points
  }

  /** Lets every contestant learn the snapshot and answer its points; all are asked at the same cursors. */
  async play(snapshot: Snapshot, contestants: readonly Contestant[]): Promise<void> {
    const seeds = [...new Set(snapshot.points.map(point => point.seed))]
    const asked = seeds.flatMap(seed => {
      const random = mulberry32(seed + 77)
      const points = snapshot.points.filter(point => point.seed === seed)
      return points.map(point => ({ point, cursors: drawCursors(point, random) }))
    })
    for (const contestant of contestants) {
      const start = performance.now()
      await contestant.learn(snapshot)
      for (const { point, cursors } of asked) {
        measurePoint(contestant, point, cursors, this.#rowsOf(snapshot.group, contestant.name, point.seed))
      }
      const seconds = (performance.now() - start) / 1000
      this.#seconds.set(contestant.name, this.seconds(contestant.name) + seconds)
    }
    this.#points += asked.length
  }

  /** How long a contestant has taken to learn and to answer, all in all. */
  seconds(name: string): number {
    return this.#seconds.get(name) ?? 0
  }

  /** Names of the contestants in the order they first played. */
  names(): string[] {
    return [...new Set([...this.#rows.values()].flatMap(group => [...group.keys()]))]
  }

  groups(): string[] {
    return [...this.#rows.keys()]
  }

  /** The mean over the seeds of one group. */
  groupQuality(group: string, name: string): Quality {
    return meanQuality([...this.#rows.get(group)!.get(name)!.values()].map(qualityOf))
  }

  /** The mean over all groups, each counting the same. */
  quality(name: string): Quality {
    return meanQuality(this.groups().map(group => this.groupQuality(group, name)))
  }

  #rowsOf(group: string, name: string, seed: number): QualityRows {
    const bySeed = entry(
      entry(this.#rows, group, newMap<string, Map<number, QualityRows>>),
      name,
      newMap<number, QualityRows>,
    )
    return entry(bySeed, seed, emptyRows)
  }
}

function newMap<K, V>(): Map<K, V> {
  return new Map()
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
