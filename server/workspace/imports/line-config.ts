import type { GoModule } from "./config-kinds.ts"

const MODULE = /^[ \t]*module[ \t]+"?([^\s"]+)"?/m
const REPLACED =
  /^[ \t]*(?:replace[ \t]+)?"?([^\s"()]+)"?(?:[ \t]+v\S+)?[ \t]*=>[ \t]*"?(\.{1,2}\/[^\s"]*|\.{1,2})"?/gm

/** What there is of a go.mod; null without a module path. */
export function readGoModule(text: string): GoModule | null {
  const plain = text.replace(/\/\/[^\n]*/g, "")
  const module = MODULE.exec(plain)?.[1]
  if (module === undefined) return null
  return {
    module,
    replaced: Array.from(plain.matchAll(REPLACED), ([, from = "", folder = ""]) => [from, folder] as const),
  }
}

/** The globs under `packages:` in a pnpm-workspace.yaml, in a block or in brackets. */
export function readPnpmWorkspace(text: string): readonly string[] {
  const globs: string[] = []
  let inPackages = false
  for (const line of text.split(/\r?\n/)) {
    const listed = /^packages:\s*(?:\[(.*)\])?\s*(?:#.*)?$/.exec(line)
    const item = /^\s*-\s*(.+)$/.exec(line)?.[1]
    if (listed !== null) {
      inPackages = true
      globs.push(...(listed[1] ?? "").split(",").map(unquoted))
    } else if (inPackages && item !== undefined) globs.push(unquoted(item))
    else if (/^[^\s#]/.test(line)) inPackages = false
  }
  return globs.filter(glob => glob !== "")
}

/** A plain or quoted scalar without what stands around it. */
function unquoted(scalar: string): string {
  const [, , quoted, plain = ""] = /^\s*(?:(["'])(.*?)\1|([^#]*?))\s*(?:#.*)?$/.exec(scalar) ?? []
  return quoted ?? plain
}
