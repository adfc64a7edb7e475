import fc from "fast-check"
import { expect, test } from "vitest"
import {
  redact,
  redactHalves,
  redactPart,
  redactPieces,
  restore,
} from "../../../server/context/redact/redact.ts"
import { Redactions } from "../../../server/context/redact/redactions.ts"

// Put together here, so that no scanner takes this file for a leak.
const GITHUB = `gh${"p"}_${"a1B2c3D4e5".repeat(4).slice(0, 36)}`
const VALUE = "q7Rk2vXz9LmP4wTb"

function checkRedacted(text: string): string {
  return redact(text, "/p/a.ts").text
}

test("a token is hidden by its kind, the same one always behind the same placeholder", () => {
  expect(checkRedacted(`a("${GITHUB}")\nb("${GITHUB}")`)).toMatchInlineSnapshot(`
    "a("<hidden:github:1>")
    b("<hidden:github:1>")"
  `)
})

test("what hides and where it was is told", () => {
  const { found } = redact(`const key = "${GITHUB}"`, "/p/a.ts")
  expect(found).toEqual([
    { kind: "github", start: 13, end: 13 + GITHUB.length, placeholder: "<hidden:github:1>" },
  ])
})

test("only the password of an address is hidden", () => {
  expect(checkRedacted(`connect("postgres://app:${VALUE}@db:5432/app?ssl=true")`)).toMatchInlineSnapshot(
    `"connect("postgres://app:<hidden:url-password:1>@db:5432/app?ssl=true")"`,
  )
  expect(checkRedacted("connect('postgres://app:pa/ss@word1@db/app')")).toMatchInlineSnapshot(
    `"connect('postgres://app:<hidden:url-password:1>@db/app')"`,
  )
})

test("fields, headers, commands and statements that hold a secret keep the rest of their line", () => {
  const lines = [
    `"Server=db;User Id=sa;Password=${VALUE}!;Encrypt=true"`,
    `curl -H "Authorization: Bearer ${VALUE}${VALUE}" https://api.dev/x`,
    `CREATE USER app WITH PASSWORD '${VALUE}';`,
    `ENV API_TOKEN=${VALUE}`,
    `webhookUrl: "https://hooks.dev/v1/job?token=${VALUE}&x=1"`,
    `<add key="ApiKey" value="${VALUE}" />`,
    `password: hunter2!   # of the test server`,
  ]
  expect(lines.map(checkRedacted).join("\n")).toMatchInlineSnapshot(`
    ""Server=db;User Id=sa;Password=<hidden:password:1>;Encrypt=true"
    curl -H "Authorization: Bearer <hidden:secret:1>" https://api.dev/x
    CREATE USER app WITH PASSWORD '<hidden:secret:1>';
    ENV API_TOKEN=<hidden:secret:1>
    webhookUrl: "https://hooks.dev/v1/job?token=<hidden:secret:1>&x=1"
    <add key="ApiKey" value="<hidden:secret:1>" />
    password: <hidden:password:1>   # of the test server"
  `)
})

test("code that only speaks of secrets stays as it is", () => {
  const text = `
import { TokenService, hdKeyToAccount } from "./token-service-v2.ts"
const token = tokens[at + 1]!.value
password: z.string().min(8, "Password must have 8 characters"),
const { accessToken, refreshToken } = await auth.refresh(session.token2)
if (secretKey === undefined) throw new Error("the secret key is missing")
<input type="password" autocomplete="current-password" placeholder="Password" />
API_KEY=\${API_KEY:-your-api-key-here}
token: process.env.GITHUB_TOKEN ?? "",
const address: Token = "0x${"a0b86991c6".repeat(4)}"
fetch("https://user:password@example.com/")
DATABASE_URL=postgres://postgres:\${PASSWORD}@localhost/app
if (pem.startsWith("-----BEGIN RSA PRIVATE KEY-----")) return "rsa"
`
  expect(checkRedacted(text)).toBe(text)
})

test("a key is hidden without its end, without its begin, and by its body alone where a text is cut", () => {
  const dashes = "-----"
  const line = `${"Ab3/xY+9".repeat(8)}`
  const body = [line, line, line, "Qw2=="].join("\n")
  const shown = [
    `${dashes}BEGIN PRIVATE KEY${dashes}\n${body}`,
    `${body}\n${dashes}END PRIVATE KEY${dashes}\nrest`,
    `${line.slice(9)}\n${line}\n${line.slice(0, 20)}`,
    `key = "${dashes}BEGIN EC PRIVATE KEY${dashes}\\n${line}\\n${line}\\n${dashes}END EC PRIVATE KEY${dashes}\\n"`,
  ]
  expect(shown.map(text => redact(text, "k").text).join("\n\n")).toMatchInlineSnapshot(`
    "-----BEGIN PRIVATE KEY-----
    <hidden:private-key:1>

    <hidden:private-key:1>
    -----END PRIVATE KEY-----
    rest

    <hidden:private-key:1>

    key = "-----BEGIN EC PRIVATE KEY-----\\n<hidden:private-key:1>\\n-----END EC PRIVATE KEY-----\\n""
  `)
})

test("a secret that is broken by a line break is hidden on both lines", () => {
  expect(checkRedacted(`const apiKey = "q7Rk2v\n${VALUE}Xz9"\nrun()`)).toBe(
    `const apiKey = "q7Rk2v\n<hidden:secret:1>"\nrun()`,
  )
  expect(checkRedacted("uri: mongodb://root:BNk7QtIiw\n")).toBe(
    "uri: mongodb://root:<hidden:url-password:1>\n",
  )
  expect(checkRedacted('at("http://localhost:8080", "redis://cache:port")')).toBe(
    'at("http://localhost:8080", "redis://cache:port")',
  )
})

test("the last line of a key is hidden where code follows its literal", () => {
  const line = "Ab3/xY+9".repeat(8)
  const mark = `${"-----"}BEGIN PRIVATE KEY${"-----"}`
  expect(checkRedacted(`f(\`${mark}\n${line}\n${line.slice(0, 22)}==\`): void {`)).toBe(
    `f(\`${mark}\n<hidden:private-key:1>\`): void {`,
  )
})

test("a secret is restored only into a text that goes back to where it was seen", () => {
  const redactions = new Redactions()
  const a = redact(`x = "${GITHUB}"`, "/a.ts", redactions)
  const b = redact(`password = "${VALUE}1"`, "/b.ts", redactions)
  const answer = `${a.text}\n${b.text}\n<hidden:github:9>`
  expect(restore(answer, redactions, "/a.ts")).toBe(`x = "${GITHUB}"\n${b.text}\n<hidden:github:9>`)
  expect(restore(answer, redactions, "/b.ts")).toBe(`${a.text}\npassword = "${VALUE}1"\n<hidden:github:9>`)
  expect(restore(answer, redactions, "/c.ts")).toBe(answer)
})

test("a placeholder that a text already holds is not given to another secret", () => {
  const text = `// <hidden:github:1>\nx = "${GITHUB}"`
  const { text: shown, redactions } = redact(text, "/a.ts")
  expect(shown).toBe('// <hidden:github:1>\nx = "<hidden:github:2>"')
  expect(restore(shown, redactions, "/a.ts")).toBe(text)
})

test("halves around a cursor are judged in sight of each other", () => {
  const text = `const password = "hunter2!secret"\nrun()`
  const cursor = text.indexOf("er2!")
  expect(redactPart(text, 0, cursor, "a").text).toBe('const password = "<hidden:password:1>')
  expect(redactPart(text, cursor, text.length, "a").text).toBe('<hidden:password:1>"\nrun()')
  expect(redactHalves(text, { start: 0, cursor, end: text.length }, "a", new Redactions())).toEqual([
    'const password = "<hidden:password:1>',
    '<hidden:password:2>"\nrun()',
  ])
})

test("pieces of a prompt are redacted as their lines would be, each for its own file", () => {
  const redactions = new Redactions()
  const pieces = [
    { text: "// a.ts", source: "/a.ts" },
    { text: `x = "${GITHUB}"`, source: "/a.ts" },
    { text: `const password =`, source: "/b.ts" },
    { text: `  "${VALUE}1"`, source: "/c.ts" },
    { text: "", source: "/c.ts" },
    { text: `y = "${GITHUB}"`, source: "/c.ts" },
  ]
  const shown = redactPieces(pieces, redactions)
  expect(shown).toEqual([
    "// a.ts",
    'x = "<hidden:github:1>"',
    "const password =",
    '  "<hidden:secret:2>"',
    "",
    'y = "<hidden:github:1>"',
  ])
  expect(restore(shown[5]!, redactions, "/c.ts")).toBe(pieces[5]!.text)
  expect(restore(shown[3]!, redactions, "/b.ts")).toBe(shown[3])
})

test("what a copy hides later is not in the original", () => {
  const first = new Redactions()
  redact(`x = "${GITHUB}"`, "/a.ts", first)
  const copy = first.copy()
  expect(redact(`y = "${VALUE}2"\ntoken = "${VALUE}3"\nx = "${GITHUB}"`, "/b.ts", copy).text).toContain(
    '"<hidden:github:1>"',
  )
  expect(restore("<hidden:github:1>", copy, "/a.ts")).toBe(GITHUB)
  expect(restore("<hidden:github:1>", first, "/b.ts")).toBe("<hidden:github:1>")
})

test("text without secrets is given back as it is, whatever it is made of", () => {
  const unit = fc.constantFrom(
    "a",
    " ",
    "\n",
    "=",
    '"',
    "://",
    "@",
    "<hidden:",
    "-----BEGIN",
    "\\",
    "é",
    "😀",
  )
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 60 }), units => {
      const text = units.join("")
      const { text: shown, found, redactions } = redact(text, "a")
      if (found.length === 0) expect(shown).toBe(text)
      expect(restore(shown, redactions, "a")).toBe(text)
      expect(redact(shown, "a").text).toBe(shown)
    }),
    { numRuns: 300 },
  )
})

test("long hostile lines are gone through in one pass", () => {
  const units = [
    "password",
    'password: "',
    "-----BEGIN PRIVATE KEY-----\n",
    "-----END PRIVATE KEY-----\n",
    "ghs_1_",
  ]
  const more = [
    "xghp_",
    "https://a:b",
    "token=<hidden:a:1>",
    "eyJ",
    "A1b2",
    "////",
    "'",
    "\\n",
    "Proc-Type: 4\n",
  ]
  // What took the square of the length would not end before the test's limit.
  for (const unit of [...units, ...more]) {
    const text = unit.repeat(200_000 / unit.length)
    expect(redact(text, "a").text.length).toBeGreaterThan(0)
  }
})
