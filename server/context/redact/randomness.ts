/** Words within a literal: an initial and small letters, or capitals. */
const WORDS = /[A-Z]?[a-z]{3,}|[A-Z]{4,}/g
/** Where a letter or digit is followed by one of another class. */
const TURNS = /[a-z](?=[A-Z0-9])|[A-Z](?=[a-z0-9])|[0-9](?=[A-Za-z])/g

/**
 * Whether characters look drawn by lot, as keys and tokens do, and not put together of words: judged by how much of them
 * reads as words, by how often letters and digits take turns, and by how many are different. Never for less than 8.
 */
export function looksRandom(value: string): boolean {
  if (value.length < 8 || isFillIn(value)) return false
  const digits = count(value, /[0-9]/g)
  if (digits === count(value, /[A-Za-z0-9]/g)) return false
  const turns = count(value, TURNS) / (value.length - 1)
  if (turns < (digits === 0 ? 0.3 : 0.08)) return false
  return new Set(value.toLowerCase()).size >= 6 && wordShare(value) < 0.45
}

/** Whether an identifier, `a.b` too, is more than words and a number: what stands in code without quotes. */
export function isRandomName(name: string): boolean {
  const words = [...name.matchAll(/[A-Z]?[a-z]{2,}|[A-Z]{3,}/g)].filter(([word]) => isPronounceable(word))
  const letters = words.reduce((sum, [word]) => sum + word.length, 0)
  return count(name, /[0-9]/g) >= Math.max(3, name.length / 12) && letters < 0.4 * name.length
}

/** How much of a text reads as words, from 0 to 1. */
export function wordShare(value: string): number {
  let letters = 0
  for (const [word] of value.matchAll(WORDS)) if (isPronounceable(word)) letters += word.length
  return letters / Math.max(1, value.length)
}

/** Whether vowels and consonants take turns as they do in English. */
function isPronounceable(word: string): boolean {
  const share = count(word, /[aeiouy]/gi) / word.length
  return share >= 0.2 && share <= 0.7 && !/[^aeiouy]{5}/i.test(word)
}

/** Whether a value only shows where a secret goes: `<token>`, `${TOKEN}`, `xxxx`, `your-api-key`, `changeme`. */
export function isFillIn(value: string): boolean {
  return (
    /^(.)\1*$/.test(value) ||
    /^[<[{(%$].*[>\]})%]$|\$\{|\{\{|\$\(|#\{|%[sdv@]$|<%|^\$[A-Za-z_]\w*$/.test(value) ||
    SAMPLE_WORDS.test(value) ||
    /x{5}|\*{4}|\.{3}|0{8}|1234567(?:8|$)/i.test(value)
  )
}

const SAMPLE_WORDS =
  /example|placeholder|change.?me|redacted|replace.?(?:me|with)|insert.?your|^(?:my|your|the|some|test|dummy|fake)[-_. ]/i

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
