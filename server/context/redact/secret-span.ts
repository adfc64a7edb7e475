/** Where a secret stands in a text: UTF-16 offsets, `end` exclusive. */
export interface SecretSpan {
  /** What it is, in lower case with hyphens, such as `aws` or `private-key`. */
  readonly kind: string
  readonly start: number
  readonly end: number
}

/** Told of each secret found, in any order; spans may overlap. */
export type SecretVisitor = (kind: string, start: number, end: number) => void

/** Spans sorted by place, those that overlap or touch made one; of each such group the longest gives its kind. */
export function mergedSpans(spans: readonly SecretSpan[]): readonly SecretSpan[] {
  const merged: SecretSpan[] = []
  let longest = 0
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const before = merged.at(-1)
    const length = span.end - span.start
    if (before === undefined || span.start > before.end) {
      merged.push(span)
      longest = length
    } else {
      const kind = length > longest ? span.kind : before.kind
      longest = Math.max(longest, length)
      merged[merged.length - 1] = { kind, start: before.start, end: Math.max(before.end, span.end) }
    }
  }
  return merged
}

/** What of a span lies from `start` to `end`, counted from `start`. */
export function within(span: SecretSpan, start: number, end: number): SecretSpan {
  return {
    kind: span.kind,
    start: Math.max(span.start, start) - start,
    end: Math.min(span.end, end) - start,
  }
}
