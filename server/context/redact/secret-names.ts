const PASSWORDS: readonly string[] = [
  ...["passw(?:or)?d", "passphrase", "passcode", "\\bpass\\b", "pass_", "_pass\\b", "dbpass"],
  ...["\\bpwd\\b", "_pwd\\b", "pwd_", "identified\\s+by"],
]

/** What may stand before `key`, with or without a mark between; `key` alone counts as a word of its own. */
const KEYS: readonly string[] = [
  ...[
    "api",
    "access",
    "private",
    "auth",
    "account",
    "signing",
    "encrypt(?:ion)?",
    "crypto",
    "master",
    "shared",
  ],
  ...["service", "client", "deploy", "license", "ssh", "session", "storage", "subscription", "function"],
  ...["server", "app", "jwt", "hmac", "aes", "rsa", "webhook", "consumer", "security"],
]

const SECRETS: readonly string[] = [
  ...["secret", "token", "credential", `(?:${KEYS.join("|")})[-_. ]?key`, "[-_]key\\b", "\\bkey\\b"],
  ...[
    "authorization",
    "\\bauth\\b",
    "bearer",
    "hmac",
    "connection[-_ ]?string",
    "session[-_]?id",
    "\\bdsn\\b",
  ],
  ...["webhook[-_]?url", "\\botp\\b", "\\bpin\\b", "cookie", "\\bsas\\b"],
]

/** The core of a name whose value is a secret; the first group is that of passwords. */
export const SECRET_NAME: RegExp = new RegExp(`(${PASSWORDS.join("|")})|(?:${SECRETS.join("|")})`, "gi")
