import { pickBelow, type Random } from "../random.ts"
import { PASSWORD_NAMES, PLACES, type Place, SECRET_NAMES, SQL_PASSWORDS } from "./places.ts"
import type { Planted } from "./secrets.ts"

/** A file with one secret in it. */
export interface PlantedFile {
  readonly format: string
  readonly language: string
  readonly text: string
  readonly secret: string
  /** Where the text that holds the secret begins and ends. */
  readonly start: number
  readonly end: number
}

/** Code in which nothing is secret. */
const PLAIN: readonly string[] = [
  "export function area(width: number, height: number) {",
  "  return width * height",
  "}",
  "for (const entry of entries) total += entry.size",
  "# how many times a request is tried anew",
  "retries = 3",
  "if err != nil { return nil, err }",
  "pub fn parse(input: &str) -> Result<Tree, Error> {",
  "    let mut lines = input.lines();",
  "SELECT id, name FROM orders WHERE total > 100;",
  '<p class="note">Nothing to see here.</p>',
  "",
]

/** A secret put into a file at every place where it can stand, so that each language is met. */
export function plantEverywhere(planted: Planted, random: Random): readonly PlantedFile[] {
  const { format, secret, text } = planted
  if (text !== undefined) return [fileWith(text, { format, secret, language: "any" }, random)]
  const places = planted.use === "password" ? [...PLACES, ...SQL_PASSWORDS] : PLACES
  return places.map(place => {
    const { language } = place
    return fileWith(textAt(place, planted, random), { format, secret, language }, random)
  })
}

function fileWith(
  held: string,
  told: Pick<PlantedFile, "format" | "secret" | "language">,
  random: Random,
): PlantedFile {
  const before = plainLines(random)
  const text = `${before}${held}\n${plainLines(random)}`
  return { ...told, text, start: before.length, end: before.length + held.length }
}

function textAt(place: Place, planted: Planted, random: Random): string {
  const names =
    planted.use === "password"
      ? PASSWORD_NAMES
      : planted.use === "value"
        ? SECRET_NAMES
        : ["value", "setting"]
  const name = names[pickBelow(random, names.length)]!
  return place.lines
    .replaceAll("NAME", () => name)
    .replaceAll("VALUE", () => (planted.mark ?? "") + planted.secret)
}

function plainLines(random: Random): string {
  return Array.from(
    { length: 3 + pickBelow(random, 6) },
    () => `${PLAIN[pickBelow(random, PLAIN.length)]}\n`,
  ).join("")
}

/**
 * The longest piece of a secret that a text still shows, if it is long enough to matter: 16 characters, or half of a
 * shorter secret but at least 8; null if there is none.
 */
export function leakedPiece(text: string, secret: string): string | null {
  const length = Math.min(secret.length, Math.max(8, Math.min(16, Math.ceil(secret.length / 2))))
  for (let at = 0; at + length <= secret.length; at++) {
    const piece = secret.slice(at, at + length)
    if (text.includes(piece)) return piece
  }
  return null
}
