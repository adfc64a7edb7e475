const WORDS = /[A-Z][a-z]{3,}|[a-z]{4,}|[A-Z]{4,}/g
/** Where a letter or digit is followed by one of another class. */
const TURNS = /[a-z](?=[A-Z0-9])|[A-Z](?=[a-z0-9])|[0-9](?=[A-Za-z])/g

/**
 * Whether characters look drawn by lot, as keys and tokens do, and not put together of words: judged by how much of them
 * reads as words, by how often letters and digits take turns, and by how many are different. Never for less than 8.
 */
export function looksRandom(value: string): boolean {
  if (value.length < 8 || isFillIn(value) || new Set(value.toLowerCase()).size < 6) return false
  const digits = count(value, /[0-9]/g)
  if (digits === count(value, /[A-Za-z0-9]/g)) return false
  const turns = count(value, TURNS) / (value.length - 1)
  if (digits === 0) return turns >= 0.3 && nameShare(value) < 0.4
  // Capitals of a name have marks between its words.
  if (/^[A-Z0-9]{24,}$/.test(value)) return true
  // Digits in many places are in no name, whatever letters between them read like.
  const most = value.length >= 20 && count(value, /[0-9]+/g) >= value.length / 11 ? 0.85 : 0.6
  return turns >= 0.08 && wordShare(value) < most
}

/** Whether an identifier, `a.b` too, is more than words and a number: what stands in code without quotes. */
export function isRandomName(name: string): boolean {
  return count(name, /[0-9]/g) >= Math.max(3, name.length / 12) && nameShare(name) < 0.4
}

/** Whether what stands without name or quotes, perhaps cut short, looks random and not like a name in code. */
export function isRandomFragment(value: string): boolean {
  if (!looksRandom(value)) return false
  return count(value, /[0-9]+/g) >= 2 ? wordShare(value) < 0.5 : nameShare(value) < 0.5
}

/** How much of a text reads as the words of names, short ones too, from 0 to 1. */
export function nameShare(name: string): number {
  return shareOf(name, /[A-Z]?[a-z]{2,}|[A-Z]{3,}/g)
}

/** How much of a text reads as words of four letters or more, from 0 to 1. */
export function wordShare(value: string): number {
  return shareOf(value, WORDS)
}

function shareOf(text: string, words: RegExp): number {
  let letters = 0
  for (const [word] of text.matchAll(words)) if (isPronounceable(word)) letters += word.length
  return letters / Math.max(1, text.length)
}

/** Whether vowels and consonants take turns as they do in English. */
function isPronounceable(word: string): boolean {
  const share = count(word, /[aeiou]/gi) / word.length
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
