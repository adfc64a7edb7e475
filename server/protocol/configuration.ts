import type { ClientLink } from "./client-link.ts"
import { SECTION } from "./settings.ts"

/** Milliseconds after which a client's answer is no longer waited for. */
const ANSWER_MS = 2000

/** Asks the client for our section of its settings; null if it has none or does not answer. Never rejects. */
export async function askSettings(link: ClientLink): Promise<unknown> {
  // One undotted section: some clients resolve no dots.
  const answer = await link.ask("workspace/configuration", { items: [{ section: SECTION }] }, ANSWER_MS)
  return Array.isArray(answer?.result) ? (answer.result[0] ?? null) : null
}
