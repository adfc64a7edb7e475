import { join } from "node:path"
import { parse } from "smol-toml"
import { type JsonObject, objectOf, textOf } from "../../base/json.ts"
import { type EditorSetup, marksFor, type SetupPlan, type SetupWorld, withBlock } from "./editor-setup.ts"

/** Helix's names of a language, where they are not ours. */
const NAMES: ReadonlyMap<string, readonly string[]> = new Map([["javascript", ["javascript", "jsx"]]])
const SERVER = "pilotlight"
const MARKS = marksFor("#")

/** Helix: its `languages.toml`, in which a language's list of servers replaces Helix's own, so that lists are only added to. */
export const HELIX: EditorSetup = {
  name: "helix",
  title: "Helix",
  programs: ["hx", "helix"],
  plan: (program, world) => {
    const path = join(world.configHome, "helix", "languages.toml")
    const text = world.read(path) ?? ""
    const table = tableOf(text)
    if (typeof table === "string") return `${path} is no TOML that Helix could read: ${table}`
    return planFor({ program, world, path, text, table })
  },
  // A table that stands twice is no TOML.
  conflict: () => null,
}

interface HelixState {
  readonly program: string
  readonly world: SetupWorld
  readonly path: string
  readonly text: string
  readonly table: JsonObject
}

function planFor(state: HelixState): SetupPlan | string {
  const { path, text, world } = state
  const known = knownLanguages(world)
  const wanted = world.languages.flatMap(name => NAMES.get(name) ?? [name]).filter(name => known.has(name))
  const names = wanted.length > 0 ? wanted : [...known.keys()]
  const missing = names.filter(name => !serversIn(state.table, name)?.includes(SERVER))
  const declares = objectOf(state.table["language-server"])?.[SERVER] !== undefined
  if (missing.length === 0 && declares) return { files: [], notes: [] }
  const listed = missing.filter(name => entryOf(state.table, name) !== undefined)
  const unlisted = missing.filter(name => !listed.includes(name))
  const edited = listed.reduce((grown, name) => withServer(grown, name, mainServers(state, name)), text)
  const kept = oursIn(state.table, text)
  const blocks = [...kept, ...unlisted].map(name => languageBlock(name, mainServers(state, name)))
  const ownServer = declares && !text.includes(MARKS.begin) ? [] : [serverBlock(world)]
  const after = withBlock(edited, MARKS, [...ownServer, ...blocks].join("\n\n"))
  return missing.every(name => serversIn(tableOrEmpty(after), name)?.includes(SERVER))
    ? { files: [{ path, after }], notes: ["the suggestion is the first item of the menu"] }
    : `${path} lists servers in a way this program can't add to; add "${SERVER}" to the language-servers of ${missing.join(", ")}`
}

/** Languages and their main servers, as the file that comes with the program has them. */
function knownLanguages({ program, read }: SetupWorld): ReadonlyMap<string, readonly string[]> {
  const table = tableOrEmpty(read(join(program.clients, "helix", "languages.toml")) ?? "")
  return new Map(
    entries(table).map(entry => [textOf(entry["name"]) ?? "", mainOf(textsOf(entry["language-servers"]))]),
  )
}

/** The servers that a language has without us: as the user set them, as this Helix says, or as Helix usually has them. */
function mainServers({ program, world, table }: HelixState, name: string): readonly string[] {
  const set = serversIn(table, name)
  if (set !== null) return mainOf(set)
  const health = (world.run(program, ["--health", name]) ?? "").replace(/\x1b\[[\d;]*m/g, "")
  const section = /language servers:\n((?:\s+[✓✘] .*\n)*)/.exec(health)
  if (section === null) return knownLanguages(world).get(name) ?? []
  return mainOf([...section[1]!.matchAll(/[✓✘] ([^:\n]+)/g)].map(([, server]) => server!))
}

/** Adds us to the list of a language that the user's file has; as it is where the list can't be found in the text. */
function withServer(text: string, name: string, main: readonly string[]): string {
  const at = new RegExp(`^\\s*name\\s*=\\s*["']${name}["']`, "m").exec(text)
  const start = at === null ? -1 : text.lastIndexOf("[[language]]", at.index)
  if (at === null || start < 0) return text
  const next = text.indexOf("\n[", at.index)
  const section = text.slice(start, next < 0 ? text.length : next)
  const list = /^\s*language-servers\s*=\s*\[/m.exec(section)
  if (list === null) {
    const header = start + "[[language]]".length
    return `${text.slice(0, header)}\nlanguage-servers = ${tomlList([...main, SERVER])}${text.slice(header)}`
  }
  const from = start + list.index + list[0].length
  const end = lastValueEnd(text, from)
  const separator = end === from ? "" : text.charAt(end - 1) === "," ? " " : ", "
  return `${text.slice(0, end)}${separator}"${SERVER}"${text.slice(end)}`
}

/** Where the last value, or the comma behind it, ends in a list whose values begin at `from`. */
function lastValueEnd(text: string, from: number): number {
  const token = /"(?:[^"\\]|\\.)*"|'[^']*'|#.*|\s+|[[{]|[\]}]|[^\s"'#[\]{}]+/y
  let depth = 0
  let end = from
  for (token.lastIndex = from; ; ) {
    const [piece] = token.exec(text) ?? []
    if (piece === undefined || (depth === 0 && piece === "]")) return end
    if (piece === "[" || piece === "{") depth++
    if (piece === "]" || piece === "}") depth--
    if (!/^[\s#]/.test(piece)) end = token.lastIndex
  }
}

/** Languages that our own part of the file lists already. */
function oursIn(table: JsonObject, text: string): readonly string[] {
  const start = text.indexOf(MARKS.begin)
  const end = text.indexOf(MARKS.end)
  if (start < 0 || end < start) return []
  const ours = tableOrEmpty(text.slice(start, end))
  return entries(ours).flatMap(entry => {
    const name = textOf(entry["name"])
    return name !== null && entryOf(table, name) !== undefined ? [name] : []
  })
}

function languageBlock(name: string, main: readonly string[]): string {
  return `[[language]]\nname = ${JSON.stringify(name)}\nlanguage-servers = ${tomlList([...main, SERVER])}`
}

function serverBlock({ program }: SetupWorld): string {
  const [command = "", ...first] = program.command
  return `[language-server.${SERVER}]\ncommand = ${JSON.stringify(command)}\nargs = ${tomlList([...first, "--stdio"])}`
}

/** A list in TOML, whose strings are written as JSON's are. */
function tomlList(texts: readonly string[]): string {
  return `[${texts.map(text => JSON.stringify(text)).join(", ")}]`
}

function serversIn(table: JsonObject, name: string): readonly string[] | null {
  const entry = entryOf(table, name)
  return entry?.["language-servers"] === undefined ? null : textsOf(entry["language-servers"])
}

function entryOf(table: JsonObject, name: string): JsonObject | undefined {
  return entries(table).find(entry => entry["name"] === name)
}

function entries(table: JsonObject): readonly JsonObject[] {
  const list = table["language"]
  return Array.isArray(list) ? list.map(objectOf).filter(entry => entry !== null) : []
}

/** The names in a list of servers: each is a text, or an object with a name. */
function textsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return []
  return value.flatMap(each => textOf(each) ?? textOf(objectOf(each)?.["name"]) ?? [])
}

function mainOf(servers: readonly string[]): readonly string[] {
  return servers.filter(server => server !== SERVER)
}

function tableOrEmpty(text: string): JsonObject {
  const table = tableOf(text)
  return typeof table === "string" ? {} : table
}

/** A TOML text as an object, or what is wrong with it. */
function tableOf(text: string): JsonObject | string {
  try {
    return objectOf(parse(text)) ?? {}
  } catch (error) {
    return error instanceof Error ? error.message.split("\n")[0]! : String(error)
  }
}
