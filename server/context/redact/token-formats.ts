import type { SecretVisitor } from "./secret-span.ts"

/** What tokens of one service begin with, and what must follow. */
interface TokenFormat {
  readonly kind: string
  readonly start: string
  /** Fewest characters of the body that are worth hiding: a token cut in half is a secret too. */
  readonly least: number
  /** A character class of the body, without brackets; letters, digits, `_` and `-` if left out. */
  readonly body?: string
}

const HEX = "a-f0-9"
const WORD = "A-Za-z0-9_-"

/** Beginnings that nothing else has. */
const PREFIXED: readonly TokenFormat[] = [
  {
    kind: "aws",
    start: "(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA)",
    least: 12,
    body: "A-Z0-9",
  },
  { kind: "aws", start: "(?:ABSK|bedrock-api-key-)", least: 24, body: "A-Za-z0-9+/=" },
  { kind: "github", start: "(?:gh[opusr]_|github_pat_)", least: 8, body: "A-Za-z0-9_" },
  {
    kind: "gitlab",
    start: "(?:gl(?:pat|dt|rt|ft|cbt|ptt|agent|oas|soat|imt|ffct)-|GR1348941)",
    least: 8,
    body: "A-Za-z0-9_.=-",
  },
  { kind: "slack", start: "(?:xox[a-z]{1,2}-|xapp-)", least: 8 },
  {
    kind: "slack",
    start: "hooks\\.slack\\.com/(?:services|workflows|triggers)/",
    least: 8,
    body: "A-Za-z0-9/_-",
  },
  { kind: "stripe", start: "(?:[rs]k_(?:live|test|prod)_|whsec_)", least: 8, body: "A-Za-z0-9+/=" },
  { kind: "anthropic", start: "sk-ant-", least: 8 },
  { kind: "openai", start: "sk-(?:proj|svcacct|admin|or-v1|None)-", least: 8 },
  { kind: "openai", start: "sk-", least: 20, body: "A-Za-z0-9" },
  { kind: "google", start: "AIza", least: 12 },
  { kind: "google", start: "(?:GOCSPX-|ya29\\.|1//0)", least: 12, body: "A-Za-z0-9._-" },
  { kind: "npm", start: "npm_", least: 16, body: "A-Za-z0-9" },
  { kind: "pypi", start: "pypi-", least: 16 },
  { kind: "rubygems", start: "rubygems_", least: 12, body: HEX },
  { kind: "digitalocean", start: "do[opr]_v1_", least: 8, body: HEX },
  { kind: "sendgrid", start: "SG\\.", least: 12, body: "A-Za-z0-9._-" },
  { kind: "sendinblue", start: "xkeysib-", least: 8 },
  { kind: "mailgun", start: "(?:key-|pubkey-)", least: 24, body: HEX },
  { kind: "twilio", start: "SK(?=[a-f0-9]{24})", least: 24, body: HEX },
  { kind: "shopify", start: "shp(?:at|ca|pa|ss|tka)_", least: 8, body: "A-Za-z0-9" },
  { kind: "huggingface", start: "(?:hf_|api_org_)", least: 20, body: "A-Za-z0-9" },
  { kind: "groq", start: "gsk_", least: 16, body: "A-Za-z0-9" },
  { kind: "replicate", start: "r8_", least: 20, body: "A-Za-z0-9" },
  { kind: "perplexity", start: "pplx-", least: 16, body: "A-Za-z0-9" },
  { kind: "xai", start: "xai-", least: 20, body: "A-Za-z0-9" },
  { kind: "nvidia", start: "nvapi-", least: 16 },
  { kind: "databricks", start: "dapi", least: 24, body: `${HEX}-` },
  { kind: "docker", start: "dckr_(?:pat|oat)_", least: 8 },
  { kind: "figma", start: "fig[dou]r?_", least: 16 },
  { kind: "grafana", start: "(?:glsa_|glc_)", least: 12, body: "A-Za-z0-9+/=_" },
  { kind: "vault", start: "hv[sbr]\\.", least: 16 },
  { kind: "terraform", start: "atlasv1\\.", least: 16 },
  { kind: "atlassian", start: "AT[AC]TT3", least: 16, body: "A-Za-z0-9_=-" },
  { kind: "linear", start: "lin_(?:api|oauth)_", least: 12, body: "A-Za-z0-9" },
  { kind: "notion", start: "(?:ntn_|secret_)", least: 20, body: "A-Za-z0-9" },
  { kind: "square", start: "(?:sq0[a-z]{3}-|EAAA)", least: 16 },
  { kind: "sentry", start: "sntry[su]_", least: 16, body: "A-Za-z0-9+/=_-" },
  { kind: "newrelic", start: "NR(?:AK|JS|II|RA)-", least: 12 },
  { kind: "postman", start: "PMAK-", least: 12 },
  { kind: "pulumi", start: "pul-", least: 24, body: HEX },
  { kind: "planetscale", start: "pscale_(?:tkn|pw|oauth)_", least: 8, body: "A-Za-z0-9_.=-" },
  { kind: "doppler", start: "dp\\.(?:pt|st|ct|sa|scim|audit)\\.", least: 12, body: "A-Za-z0-9._-" },
  { kind: "dynatrace", start: "dt0[a-z]\\d\\d\\.", least: 16, body: "A-Z0-9.a-z" },
  { kind: "vercel", start: "vc[pcira]k?_", least: 16, body: "A-Za-z0-9" },
  { kind: "onepassword", start: "(?:ops_eyJ|A3-)", least: 20, body: "A-Za-z0-9_=-" },
  { kind: "age", start: "AGE-SECRET-KEY-1", least: 8, body: "A-Z0-9" },
  { kind: "flyio", start: "(?:FlyV1 fm\\d_|fm\\d_|fo1_)", least: 16, body: "A-Za-z0-9+/=_-" },
  { kind: "posthog", start: "ph[xs]_", least: 20, body: "A-Za-z0-9" },
  { kind: "easypost", start: "EZ[AT]K", least: 24, body: "A-Za-z0-9" },
  { kind: "flutterwave", start: "FLWSECK", least: 12 },
  { kind: "shippo", start: "shippo_(?:live|test)_", least: 8, body: HEX },
  { kind: "readme", start: "rdme_", least: 24, body: "a-z0-9" },
  { kind: "prefect", start: "pn[ub]_", least: 24, body: "A-Za-z0-9" },
  { kind: "discord", start: "discord(?:app)?\\.com/api/webhooks/\\d+/", least: 8 },
  { kind: "teams", start: "webhook\\.office\\.com/webhookb2/", least: 16, body: "A-Za-z0-9@/_-" },
  { kind: "azure", start: "(?:AccountKey|SharedAccessKey|[?&]sig)=", least: 12, body: "A-Za-z0-9+/=%" },
  { kind: "jwt", start: "eyJ[A-Za-z0-9_=-]{8,200}\\.", least: 8, body: "A-Za-z0-9_.=-" },
  { kind: "jwt", start: "eyJ(?:hbGci|0eXAi|raWQi|jdHki|qd2si|lbmMi|6aXAi)", least: 8, body: "A-Za-z0-9_.=-" },
]

/** Tokens known by their shape. */
const SHAPED: readonly TokenFormat[] = [
  { kind: "telegram", start: "\\d{8,10}:AA", least: 24 },
  { kind: "discord", start: "[MNO][A-Za-z0-9_-]{22,27}\\.[A-Za-z0-9_-]{6}\\.", least: 20 },
]

/** Longer tokens are followed to their end once they are known for tokens. */
const MOST = 64

/** One alternative with one group per format. */
function anyOf(formats: readonly TokenFormat[]): RegExp {
  const each = formats.map(({ start, least, body }) => `(${start}[${body ?? WORD}]{${least},${MOST}})`)
  return new RegExp(each.join("|"), "g")
}

/** Two patterns, because one that may begin with any of many characters costs all others their head start. */
const PATTERNS: readonly (readonly [RegExp, readonly TokenFormat[]])[] = [PREFIXED, SHAPED].map(
  formats => [anyOf(formats), formats] as const,
)

/** Tells of tokens of known services by how they begin: also of those that are cut short, or newer than other rules. */
export function findTokens(text: string, visit: SecretVisitor): void {
  for (const [pattern, formats] of PATTERNS) findOf(formats, new RegExp(pattern), text, visit)
}

function findOf(formats: readonly TokenFormat[], pattern: RegExp, text: string, visit: SecretVisitor): void {
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    if (isInWord(text, match.index) || !isMixed(match[0])) {
      // What follows may still be a token: the step is one character, and a match no longer than `MOST`.
      pattern.lastIndex = match.index + 1
      continue
    }
    const format = formats[match.findIndex((group, at) => at > 0 && group !== undefined) - 1]!
    const rest = new RegExp(`[${format.body ?? WORD}]*`, "y")
    rest.lastIndex = match.index + match[0].length
    rest.exec(text)
    pattern.lastIndex = rest.lastIndex
    visit(format.kind, match.index, rest.lastIndex)
  }
}

/** Whether a letter or digit stands before that is no escape such as `\n`. */
function isInWord(text: string, at: number): boolean {
  if (!/[A-Za-z0-9]/.test(text[at - 1] ?? "") || !/[A-Za-z0-9]/.test(text[at]!)) return false
  return !(text[at - 2] === "\\" && /[nrtbf]/.test(text[at - 1]!))
}

/** Whether there are digits or both cases, and several different characters: not so in most names, nor in `xxxx`. */
function isMixed(token: string): boolean {
  const body = token.slice(3, MOST)
  return /\d|[a-z].*[A-Z]|[A-Z].*[a-z]/.test(body) && new Set(body).size > 5
}
