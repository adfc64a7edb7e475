/** What a name says of the value that it gets. */
export type NameStrength = "password" | "secret"

const PASSWORD =
  "passw(?:or)?d|passphrase|passcode|\\bpass\\b|pass_|_pass\\b|dbpass|\\bpwd\\b|_pwd\\b|pwd_|identified\\s+by"
const SECRET =
  "secret|token|credential|(?:api|access|private|auth|account|signing|encrypt(?:ion)?|crypto|master|shared|service|client|deploy|license|ssh|session|storage|subscription|function|server|app|jwt|hmac|aes|rsa|webhook|consumer|security)[-_. ]?key|authorization|bearer|hmac|connection[-_ ]?string|session[-_]?id|\\bdsn\\b|webhook[-_]?url|\\botp\\b|\\bpin\\b|\\bauth\\b|cookie|\\bsas\\b|[-_]key\\b|\\bkey\\b"

/** The core of a name whose value is a secret; the first group is that of passwords. */
export const SECRET_NAME: RegExp = new RegExp(`(${PASSWORD})|(?:${SECRET})`, "gi")
