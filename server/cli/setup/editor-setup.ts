/** The installed program. */
export interface InstalledProgram {
  /** The version of the Node it runs on, as Node prints it. */
  readonly node: string
  /** Absolute folder of the languages that come with it. */
  readonly grammars: string
  /** The program and its first arguments; an editor adds `--stdio`. */
  readonly command: readonly string[]
  /** Absolute folder of the parts that editors load. */
  readonly clients: string
}

/** What a plan is made from. Paths are absolute; `read` gives a file's text, or null if there is no such file. */
export interface SetupWorld {
  readonly home: string
  /** The folder of the user's configurations: `$XDG_CONFIG_HOME`, or `.config` of the home folder. */
  readonly configHome: string
  readonly program: Pick<InstalledProgram, "command" | "clients">
  /** Names of the project's languages, most files first; empty if there are none. */
  readonly languages: readonly string[]
  readonly read: (path: string) => string | null
  /** What a program prints on stdout; null if it can't be run or fails. */
  readonly run: (program: string, args: readonly string[]) => string | null
}

/** A file as it is to be. */
export interface PlannedFile {
  readonly path: string
  readonly after: string
}

/** What setting an editor up comes to. */
export interface SetupPlan {
  /** Files that change; none if everything is set up already. */
  readonly files: readonly PlannedFile[]
  /** What the user should know or do besides, a sentence each. */
  readonly notes: readonly string[]
}

/** One editor that can be set up. */
export interface EditorSetup {
  /** What the user types. */
  readonly name: string
  /** What people call it. */
  readonly title: string
  /** Programs by which it is found, the first that is installed counts. */
  readonly programs: readonly string[]
  /** What to write; or a sentence on why nothing can be. Pure but for `world`. */
  readonly plan: (program: string, world: SetupWorld) => SetupPlan | string
  /** A sentence on what starts the server a second time; null if nothing does. */
  readonly conflict: (world: SetupWorld) => string | null
}

/** Says that the part of a file between these lines is ours. */
interface Marks {
  readonly begin: string
  readonly end: string
}

/** The marks of our part of a file, as comments. */
export function marksFor(comment: string): Marks {
  return {
    begin: `${comment} pilotlight: written by 'pilotlight setup'`,
    end: `${comment} pilotlight: end`,
  }
}

/** The text with our part in it: in place of the one that is there, else at the end. */
export function withBlock(text: string, marks: Marks, body: string): string {
  const block = `${marks.begin}\n${body}\n${marks.end}\n`
  const start = text.indexOf(marks.begin)
  const end = text.indexOf(marks.end, start)
  if (start >= 0 && end >= 0)
    return `${text.slice(0, start)}${block}${text.slice(end + marks.end.length + 1)}`
  if (text.trim() === "") return block
  return `${text}${text.endsWith("\n") ? "" : "\n"}\n${block}`
}

/** The text without our part; as it is if there is none. */
export function withoutBlock(text: string, marks: Marks): string {
  const start = text.indexOf(marks.begin)
  const end = text.indexOf(marks.end, start)
  if (start < 0 || end < 0) return text
  return text.slice(0, start) + text.slice(end + marks.end.length + 1)
}
