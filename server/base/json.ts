/** A JSON object of unknown shape. */
export type JsonObject = { readonly [key: string]: unknown }

/** The value that `text` spells, or undefined if it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `value` as an object (not an array), or null. */
export function objectOf(value: unknown): JsonObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
}

/** `value` as an array, or an empty one. */
export function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** `value` as a string, or null. */
export function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null
}

/** `value` as a finite number, or null. */
export function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null
}
