import { lineEnd, type Scratch } from "./scratch.ts"

/** What the playground shows. */
interface Picture {
  readonly scratch: Scratch
  /** Text that would be inserted at the cursor, lines parted by `\n`; empty if there is none. */
  readonly ghost: string
  /** First line on the screen. */
  readonly top: number
  readonly status: string
  readonly columns: number
  readonly rows: number
}

const ENTER = "\x1b[?1049h\x1b[?7l"
const LEAVE = "\x1b[?7h\x1b[0m\x1b[?25h\x1b[?1049l"
const CLEAR_REST = "\x1b[0m\x1b[K"
const DIM = "\x1b[2m"
const GHOST = "\x1b[2;3m"
const INVERSE = "\x1b[7m"
const HERE = "\x1b7"
const BACK = "\x1b8"
/** Columns kept free right of the cursor in a line that is longer than the screen. */
const MARGIN = 12

/** Takes the whole terminal; lines that are too long are cut by the terminal itself, which knows how wide characters are. */
export const enterScreen: string = ENTER

/** Gives the terminal back as it was. */
export const leaveScreen: string = LEAVE

/** How many lines of the document fit. */
export function pageOf(rows: number): number {
  return Math.max(1, rows - 2)
}

/** The first line to show so that `line` is on the screen, as near to the last picture as can be. */
export function scrolled(top: number, line: number, rows: number): number {
  const page = pageOf(rows)
  return Math.max(0, Math.min(Math.max(top, line - page + 2), line - 1))
}

/** The whole screen as terminal output. The cursor is where the terminal itself says it was while the line was drawn. */
export function draw(picture: Picture): string {
  const { scratch, status, columns, rows } = picture
  const page = pageOf(rows)
  const body = bodyRows(picture).slice(0, page)
  const filled = [...body, ...Array.from({ length: page - body.length }, () => `${DIM}~`)]
  const keys = "tab accepts · ctrl-n elsewhere · ctrl-c leaves"
  const line = scratch.document.lines.lineAt(scratch.offset) + 1
  const bar = ` ${line}:${scratch.offset - scratch.document.lines.startOf(line - 1) + 1}  ${status}`
  const output = [...filled, `${INVERSE}${bar.slice(0, columns).padEnd(columns)}`, `${DIM}${keys}`]
  return `\x1b[?25l\x1b[H${output.join(`${CLEAR_REST}\r\n`)}${CLEAR_REST}${BACK}\x1b[?25h`
}

function bodyRows({ scratch, ghost, top, columns, rows }: Picture): readonly string[] {
  const { document, offset } = scratch
  const width = `${document.lines.count}`.length
  const cursorLine = document.lines.lineAt(offset)
  const shift = Math.max(0, offset - document.lines.startOf(cursorLine) - (columns - width - MARGIN))
  const shown = Array.from({ length: Math.min(pageOf(rows), document.lines.count - top) }, (_, i) => top + i)
  return shown.flatMap(line => {
    const start = document.lines.startOf(line)
    const end = lineEnd(document, line)
    const gutter = `${DIM}${`${line + 1}`.padStart(width)} \x1b[0m`
    if (line !== cursorLine) return [gutter + printable(document.text.slice(start, end))]
    const [first = "", ...more] = ghost.split("\n")
    const left = printable(document.text.slice(start + shift, offset))
    const right = printable(document.text.slice(offset, end))
    const cursor = `${gutter}${left}${HERE}${GHOST}${printable(first)}\x1b[0m${right}`
    return [cursor, ...more.map(text => `${" ".repeat(width + 1)}${GHOST}${printable(text)}`)]
  })
}

/** Text that can't command the terminal; a tab is four columns. */
function printable(text: string): string {
  return text.replaceAll("\t", "    ").replace(/[\x00-\x1f\x7f-\x9f]/g, "·")
}
