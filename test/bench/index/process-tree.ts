import { execFileSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"

/** What a process and all below it use. */
interface TreeUse {
  /** Resident memory of all of them, bytes; memory that they share counts for each. */
  readonly rss: number
  /** Processor time by process id, ms. A process that has ended is missing. */
  readonly processorMs: ReadonlyMap<number, number>
}

const PAGE_BYTES = 4096
/** A tick of the kernel's clock in `/proc/PID/stat`. */
const TICK_MS = 10
const SAMPLE_MS = 50

/** Samples the processes below `root`, and itself, until it is stopped. */
export class TreeSampler {
  readonly #root: number
  readonly #timer: NodeJS.Timeout
  readonly #processorMs = new Map<number, number>()
  #peak = 0
  #alone: () => void = () => {}

  constructor(root: number) {
    this.#root = root
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MS)
  }

  /** The most resident memory seen so far, bytes. */
  get peakRss(): number {
    return this.#peak
  }

  /** Processor time of everything below the root but not of the root, ms: what was seen of it. */
  get childrenMs(): number {
    let sum = 0
    for (const [pid, ms] of this.#processorMs) if (pid !== this.#root) sum += ms
    return sum
  }

  /** Processor time of the root, ms. */
  get rootMs(): number {
    return this.#processorMs.get(this.#root) ?? 0
  }

  /** Resolves when the root has no process below it. */
  alone(): Promise<void> {
    return new Promise(resolve => {
      this.#alone = resolve
    })
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #sample(): void {
    const { rss, processorMs } = useOfTree(this.#root)
    this.#peak = Math.max(this.#peak, rss)
    for (const [pid, ms] of processorMs) this.#processorMs.set(pid, ms)
    if (processorMs.size === 1) this.#alone()
  }
}

/** What a process and all below it use now; nothing once it has ended. */
export function useOfTree(root: number): TreeUse {
  return existsSync("/proc/self/statm") ? fromProc(root) : fromPs(root)
}

function fromProc(root: number): TreeUse {
  const processorMs = new Map<number, number>()
  let rss = 0
  for (const todo = [root]; todo.length > 0; ) {
    const pid = todo.pop()!
    const read = readProcess(pid)
    if (read === null) continue
    rss += read.rss
    processorMs.set(pid, read.ms)
    todo.push(...read.children)
  }
  return { rss, processorMs }
}

/** Null for a process that is gone. */
function readProcess(pid: number): { rss: number; ms: number; children: number[] } | null {
  try {
    const resident = Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1])
    // The second field is a name in parentheses that may hold spaces.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ")
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
    return {
      rss: resident * PAGE_BYTES,
      ms: (Number(stat[11]) + Number(stat[12])) * TICK_MS,
      children: children.split(" ").filter(Boolean).map(Number),
    }
  } catch {
    return null
  }
}

/** For systems without `/proc`: no processor times, but every process has an entry. */
function fromPs(root: number): TreeUse {
  const rows = execFileSync("ps", ["-axo", "pid=,ppid=,rss="], { encoding: "utf8" })
    .split("\n")
    .map(line => line.trim().split(/\s+/).map(Number))
  const processorMs = new Map([[root, 0]])
  let rss = 0
  // A child may stand before its parent, so look until nothing is new.
  for (let before = 0; before < processorMs.size; ) {
    before = processorMs.size
    for (const [pid = 0, parent = 0] of rows) if (processorMs.has(parent)) processorMs.set(pid, 0)
  }
  for (const [pid = 0, , kilobytes = 0] of rows) if (processorMs.has(pid)) rss += kilobytes * 1024
  return { rss, processorMs }
}
