import { sep } from "node:path"

/**
 * The absolute path of a `file:` URI, or null for any other scheme, a host that is not this machine, or no path at all.
 * Windows paths come with backslashes and an upper-case drive letter, so that one file has one path. Never throws.
 */
export function pathOfUri(uri: string, windows: boolean = sep === "\\"): string | null {
  const match = /^file:(?:\/\/([^/?#]*)(?=\/)|(?!\/\/))(\/[^?#]*)/i.exec(uri)
  if (match === null) return null
  const [, host = "", encoded = ""] = match
  const path = decodePercent(encoded)
  if (path.includes("\0")) return null
  const local = host === "" || host.toLowerCase() === "localhost"
  if (!windows) return local ? path : null
  const slashed = path.replaceAll("/", "\\")
  if (!local) return `\\\\${host}${slashed}`
  return slashed.replace(/^\\([a-z]):/i, (_, drive: string) => `${drive.toUpperCase()}:`)
}

/** The `file:` URI of an absolute path, everything but letters, digits and `-._~/!$&'()*+,;=:@` in percent form. */
export function uriOfPath(path: string, windows: boolean = sep === "\\"): string {
  if (!windows) return `file://${encodePercent(path)}`
  const slashed = path.replaceAll("\\", "/")
  if (slashed.startsWith("//")) return `file:${encodePercent(slashed)}`
  return `file:///${encodePercent(slashed)}`
}

/** Percent forms that are no UTF-8 become U+FFFD; a `%` that starts none stays. */
function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, run => Buffer.from(run.replaceAll("%", ""), "hex").toString())
}

function encodePercent(text: string): string {
  return text.replace(/[^\w\-.~/!$&'()*+,;=:@]+/g, run =>
    Buffer.from(run).toString("hex").toUpperCase().replace(/../g, "%$&"),
  )
}
