import { pickBelow, type Random } from "../random.ts"

/** One made-up secret. */
export interface Planted {
  /** Its format, such as `github` or `password`. */
  readonly format: string
  readonly secret: string
  /** What stands before it in plain sight, such as the mark of its service. */
  readonly mark?: string
  /** How it is used: as a token that shows itself, as a value that a name betrays, or as text of its own. */
  readonly use: "token" | "value" | "password" | "text"
  /** For `text`: the whole text that holds it. */
  readonly text?: string
}

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
const LOWER = UPPER.toLowerCase()
const DIGITS = "0123456789"
const BASE62 = UPPER + LOWER + DIGITS
const BASE64 = `${BASE62}+/`
const URL64 = `${BASE62}-_`
const HEX = `${DIGITS}abcdef`

/** Characters drawn from an alphabet, a digit among them, as in all but the rarest real ones. */
function draw(random: Random, alphabet: string, length: number): string {
  for (;;) {
    const drawn = Array.from({ length }, () => alphabet[pickBelow(random, alphabet.length)]).join("")
    if (/\d/.test(drawn) || !/\d/.test(alphabet) || length < 4) return drawn
  }
}

type Maker = (random: Random) => string

/** Tokens of services by how they are built. Parts are joined here so that no scanner takes this file for a leak. */
const TOKENS: Readonly<Record<string, (random: Random) => readonly [mark: string, secret: string]>> = {
  "aws-id": r => [`AK${"IA"}`, draw(r, `${UPPER}234567`, 16)],
  github: r => [`gh${"p"}_`, draw(r, BASE62, 36)],
  "github-oauth": r => [`gh${"o"}_`, draw(r, BASE62, 36)],
  "github-fine": r => [`github_${"pat"}_`, `${draw(r, BASE62, 22)}_${draw(r, BASE62, 59)}`],
  gitlab: r => [`gl${"pat"}-`, draw(r, URL64, 20)],
  slack: r => [`xo${"xb"}-`, `${draw(r, DIGITS, 12)}-${draw(r, DIGITS, 12)}-${draw(r, BASE62, 24)}`],
  "slack-app": r => [
    `xa${"pp"}-1-A`,
    `${draw(r, UPPER + DIGITS, 10)}-${draw(r, DIGITS, 12)}-${draw(r, HEX, 64)}`,
  ],
  stripe: r => [`sk_${"live"}_`, draw(r, BASE62, 24)],
  "stripe-webhook": r => [`wh${"sec"}_`, draw(r, BASE62, 32)],
  openai: r => [`sk-${"proj"}-`, `${draw(r, URL64, 74)}T3Blbk${"FJ"}${draw(r, URL64, 74)}`],
  "openai-old": r => ["sk-", `${draw(r, BASE62, 20)}T3Blbk${"FJ"}${draw(r, BASE62, 20)}`],
  anthropic: r => [`sk-${"ant"}-api03-`, `${draw(r, URL64, 93)}AA`],
  google: r => [`AI${"za"}`, draw(r, URL64, 35)],
  "google-oauth": r => [`GOC${"SPX"}-`, draw(r, URL64, 28)],
  npm: r => [`np${"m"}_`, draw(r, BASE62, 36)],
  pypi: r => [`py${"pi"}-AgEIcHlwaS5vcmc`, draw(r, URL64, 120)],
  rubygems: r => [`ruby${"gems"}_`, draw(r, HEX, 48)],
  digitalocean: r => [`do${"p"}_v1_`, draw(r, HEX, 64)],
  sendgrid: r => [`S${"G"}.`, `${draw(r, URL64, 22)}.${draw(r, URL64, 43)}`],
  twilio: r => [`S${"K"}`, draw(r, HEX, 32)],
  shopify: r => [`shp${"at"}_`, draw(r, HEX, 32)],
  huggingface: r => [`h${"f"}_`, draw(r, UPPER + LOWER, 34)],
  groq: r => [`gs${"k"}_`, draw(r, BASE62, 52)],
  databricks: r => [`da${"pi"}`, draw(r, HEX, 32)],
  docker: r => [`dckr_${"pat"}_`, draw(r, URL64, 27)],
  figma: r => [`fig${"d"}_`, draw(r, URL64, 40)],
  grafana: r => [`gl${"sa"}_`, `${draw(r, BASE62, 32)}_${draw(r, HEX, 8)}`],
  vault: r => [`hv${"s"}.`, draw(r, URL64, 95)],
  atlassian: r => [`AT${"ATT3"}xFfGF0`, draw(r, URL64, 180)],
  linear: r => [`lin_${"api"}_`, draw(r, BASE62, 40)],
  notion: r => [`nt${"n"}_`, `${draw(r, DIGITS, 11)}${draw(r, BASE62, 35)}`],
  newrelic: r => [`NR${"AK"}-`, draw(r, UPPER + DIGITS, 27)],
  postman: r => [`PM${"AK"}-`, `${draw(r, HEX, 24)}-${draw(r, HEX, 34)}`],
  telegram: r => ["", `${draw(r, "123456789", 10)}:A${"A"}${draw(r, URL64, 33)}`],
  discord: r => ["M", `${draw(r, BASE62, 23)}.${draw(r, BASE62, 6)}.${draw(r, URL64, 38)}`],
  jwt: r => [`ey${"JhbGciOiJIUzI1NiJ9"}.ey${"J"}`, `${draw(r, URL64, 90)}.${draw(r, URL64, 43)}`],
  age: r => [`AGE-${"SECRET"}-KEY-1`, draw(r, `${UPPER}234567`, 58)],
  vercel: r => [`vc${"p"}_`, draw(r, BASE62, 24)],
}

/** Values that only the name before them betrays. */
const VALUES: Readonly<Record<string, Maker>> = {
  "aws-secret": r => draw(r, BASE64, 40),
  hex32: r => draw(r, HEX, 32),
  hex64: r => draw(r, HEX, 64),
  base64: r => `${draw(r, BASE64, 43)}=`,
  base62: r => draw(r, BASE62, 20 + pickBelow(r, 30)),
  "azure-key": r => `${draw(r, BASE64, 86)}==`,
  uuid: r => [8, 4, 4, 4, 12].map(length => draw(r, HEX, length)).join("-"),
  base32: r => draw(r, `${UPPER}234567`, 32),
}

/** Passwords as people and generators make them: letters, digits and signs, 10 to 20 characters. */
function password(random: Random): string {
  const drawn = draw(random, `${BASE62}!#%^&*+=~-_.`, 9 + pickBelow(random, 11))
  return `${LOWER[pickBelow(random, 26)]}${drawn}`
}

function pemBody(random: Random, lines: number): readonly string[] {
  return [...Array.from({ length: lines }, () => draw(random, BASE64, 64)), `${draw(random, BASE64, 22)}==`]
}

const DASHES = "-----"

/** Private keys of several kinds, as text of their own. The secret is the body without its line breaks. */
const KEYS: Readonly<Record<string, (random: Random) => { secret: string; text: string }>> = {
  "rsa-key": r => pem("RSA PRIVATE KEY", pemBody(r, 24), "\n"),
  "pkcs8-key": r => pem("PRIVATE KEY", pemBody(r, 25), "\n"),
  "ec-key": r => pem("EC PRIVATE KEY", pemBody(r, 3), "\n"),
  "ssh-key": r => pem("OPENSSH PRIVATE KEY", pemBody(r, 36), "\n"),
  "encrypted-key": r =>
    pem(
      "RSA PRIVATE KEY",
      ["Proc-Type: 4,ENCRYPTED", "DEK-Info: AES-128-CBC,00", "", ...pemBody(r, 20)],
      "\n",
    ),
  "pgp-key": r =>
    pem(
      "PGP PRIVATE KEY BLOCK",
      ["Version: GnuPG v2", "", ...pemBody(r, 30), `=${draw(r, BASE64, 4)}`],
      "\n",
    ),
  "json-key": r => {
    const { secret, text } = pem("PRIVATE KEY", pemBody(r, 25), "\\n")
    return { secret, text: `  "private_key": "${text}\\n",` }
  },
  "joined-key": r => {
    const { secret, text } = pem("RSA PRIVATE KEY", pemBody(r, 12), "\n")
    return {
      secret,
      text: text
        .split("\n")
        .map(line => `    "${line}\\n" +`)
        .join("\n"),
    }
  },
  "comment-key": r => {
    const { secret, text } = pem("EC PRIVATE KEY", pemBody(r, 3), "\n")
    return {
      secret,
      text: text
        .split("\n")
        .map(line => `# ${line}`)
        .join("\n"),
    }
  },
  "putty-key": r => {
    const body = pemBody(r, 14)
    const text = [
      `PuTTY-User-Key-File-${3}: ssh-rsa`,
      "Encryption: none",
      `Private-Lines: ${body.length}`,
      ...body,
    ]
    return { secret: body.join(""), text: text.join("\n") }
  },
}

function pem(name: string, lines: readonly string[], lineBreak: string): { secret: string; text: string } {
  const all = [`${DASHES}BEGIN ${name}${DASHES}`, ...lines, `${DASHES}END ${name}${DASHES}`]
  const secret = lines.filter(line => /^[A-Za-z0-9+/]{16,}=*$/.test(line)).join("")
  return { secret, text: all.join(lineBreak) }
}

/** Addresses and headers that hold a secret. */
const LINES: Readonly<Record<string, (random: Random) => { secret: string; text: string }>> = {
  postgres: r => around(password(r), s => `DATABASE_URL=postgres://app:${s}@db.internal:5432/app`),
  mongodb: r =>
    around(
      draw(r, BASE62, 16),
      s => `uri: mongodb+srv://root:${s}@cluster0.abcde.mongodb.net/?retryWrites=true`,
    ),
  mysql: r =>
    around(draw(r, BASE62, 12), s => `engine = create_engine("mysql+pymysql://user:${s}@10.0.0.5/shop")`),
  redis: r =>
    around(draw(r, BASE62, 24), s => `const client = createClient({ url: 'redis://:${s}@cache:6379' })`),
  amqp: r => around(draw(r, BASE62, 14), s => `conn, err := amqp.Dial("amqp://guest:${s}@rabbit:5672/")`),
  "basic-url": r =>
    around(draw(r, BASE62, 18), s => `git clone https://deploy:${s}@git.acme.dev/team/app.git`),
  "token-url": r =>
    around(draw(r, BASE62, 40), s => `git remote add up https://${s}@git.acme.dev/team/app.git`),
  "ado-connection": r =>
    around(
      `${draw(r, BASE62, 11)}7!`,
      s => `"Server=tcp:db.acme.dev,1433;User ID=app;Password=${s};Encrypt=True;"`,
    ),
  "libpq-connection": r =>
    around(`${draw(r, BASE62, 11)}9`, s => `host=db port=5432 user=app password=${s} dbname=app`),
  "azure-storage": r =>
    around(
      `${draw(r, BASE64, 86)}==`,
      s => `DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=${s};EndpointSuffix=core.windows.net`,
    ),
  bearer: r =>
    around(draw(r, URL64, 40), s => `curl -H "Authorization: Bearer ${s}" https://api.acme.dev/v1/jobs`),
  "basic-header": r =>
    around(`${draw(r, BASE64, 38)}==`, s => `req.Header.Set("Authorization", "Basic ${s}")`),
  "api-key-header": r => around(draw(r, HEX, 40), s => `headers = {"x-api-key": "${s}", "accept": "*/*"}`),
  npmrc: r => around(`${draw(r, HEX, 8)}-${draw(r, HEX, 27)}`, s => `//registry.acme.dev/:_authToken=${s}`),
  netrc: r => around(`${draw(r, BASE62, 15)}5`, s => `machine git.acme.dev login deploy password ${s}`),
  "slack-hook": r =>
    around(
      `T${draw(r, BASE62, 9)}/B${draw(r, BASE62, 9)}/${draw(r, BASE62, 24)}`,
      s => `post("https://hooks.${"slack"}.com/services/${s}", body)`,
    ),
  "sas-url": r =>
    around(
      `${draw(r, BASE62, 42)}`,
      s => `https://acme.blob.core.windows.net/c/f?sv=2024-01-01&sp=r&sig=${s}%3D`,
    ),
}

function around(secret: string, text: (secret: string) => string): { secret: string; text: string } {
  return { secret, text: text(secret) }
}

/** One secret of every format. */
export function plantedSecrets(random: Random): readonly Planted[] {
  const tokens = Object.entries(TOKENS).map(([format, make]) => {
    const [mark, secret] = make(random)
    return { format, mark, secret, use: "token" as const }
  })
  const values = Object.entries(VALUES).map(([format, make]) => ({
    format,
    secret: make(random),
    use: "value" as const,
  }))
  const texts = Object.entries({ ...KEYS, ...LINES }).map(([format, make]) => ({
    format,
    use: "text" as const,
    ...make(random),
  }))
  return [...tokens, ...values, { format: "password", secret: password(random), use: "password" }, ...texts]
}
