/** Words within a literal: an initial and small letters, or capitals. */
const WORDS = /[A-Z]?[a-z]{3,}|[A-Z]{4,}/g
const CLASS_CHANGE = /[a-z](?=[A-Z0-9])|[A-Z](?=[A-Z]*[a-z0-9])(?=[a-z0-9])|[0-9](?=[A-Za-z])/g

/**
 * Whether characters look drawn by lot, as keys and tokens do, and not put together of words. Judged by how much of them
 * reads as words, by how often letters and digits take turns, and by how many are different.
 */
export function looksRandom(value: string): boolean {
  if (value.length < 8 || isFillIn(value)) return false
  const digits = count(value, /[0-9]/g)
  const turns = count(value, CLASS_CHANGE) / (value.length - 1)
  if (digits === 0 && turns < 0.3) return false
  if (digits === value.replace(/[^A-Za-z0-9]/g, "").length) return false
  return new Set(value.toLowerCase()).size >= 6 && wordShare(value) < 0.45 && turns >= 0.08
}

/** How much of a text reads as words, from 0 to 1. */
export function wordShare(value: string): number {
  let letters = 0
  for (const [word] of value.matchAll(WORDS)) if (isPronounceable(word)) letters += word.length
  return letters / Math.max(1, value.length)
}

/** Whether vowels and consonants take turns as they do in English. */
function isPronounceable(word: string): boolean {
  const vowels = count(word, /[aeiouy]/gi)
  const share = vowels / word.length
  return share >= 0.2 && share <= 0.7 && !/[^aeiouy]{4,}/i.test(word)
}

/** Whether a value only shows where a secret goes: `<token>`, `${TOKEN}`, `xxxx`, `your-api-key`, `changeme`. */
export function isFillIn(value: string): boolean {
  return (
    /^(.)\1*$/.test(value) ||
    /^[<[{(%$].*[>\]})%]$|\$\{|\{\{|\$\(|#\{|%[sdv@]|<%|^\$[A-Za-z_]\w*$/.test(value) ||
    /example|placeholder|change.?me|redacted|replace.?(?:me|with)|insert.?your|^(?:my|your|the|some|test|dummy|fake)[-_. ]/i.test(
      value,
    ) ||
    /x{5,}|\*{4,}|\.{3}|0{8,}|1234567(?:8|$)/i.test(value)
  )
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
