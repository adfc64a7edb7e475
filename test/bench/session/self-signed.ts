import { createPublicKey, generateKeyPairSync, sign } from "node:crypto"

/** A TLS identity, both parts as PEM text. */
export interface Identity {
  readonly key: string
  readonly cert: string
}

const ECDSA_WITH_SHA256 = "06082a8648ce3d040302"
const COMMON_NAME = "0603550403"
const SUBJECT_ALT_NAME = "0603551d11"
const BASIC_CONSTRAINTS = "0603551d13"

/** A certificate for 127.0.0.1 and models.example, good for a day, that signs itself: X.509 v3 written by hand in DER. */
export function selfSigned(now: Date): Identity {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString()
  const algorithm = sequence(hex(ECDSA_WITH_SHA256))
  const name = sequence(set(sequence(hex(COMMON_NAME), der(0x0c, Buffer.from("bench")))))
  const until = new Date(now.getTime() + 86_400_000)
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    algorithm,
    name,
    sequence(time(new Date(now.getTime() - 86_400_000)), time(until)),
    name,
    createPublicKey(publicKey.export({ type: "spki", format: "pem" })).export({
      type: "spki",
      format: "der",
    }),
    der(
      0xa3,
      sequence(extension(BASIC_CONSTRAINTS, sequence(hex("0101ff"))), extension(SUBJECT_ALT_NAME, NAMES)),
    ),
  )
  const signature = Buffer.concat([Buffer.from([0]), sign("sha256", body, privateKey)])
  const cert = sequence(body, algorithm, der(0x03, signature))
  const lines = cert.toString("base64").match(/.{1,64}/g) ?? []
  return { key, cert: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n` }
}

const NAMES = sequence(der(0x87, Buffer.from([127, 0, 0, 1])), der(0x82, Buffer.from("models.example")))

function extension(id: string, value: Buffer): Buffer {
  return sequence(hex(id), der(0x04, value))
}

function time(at: Date): Buffer {
  return der(0x17, Buffer.from(`${at.toISOString().replace(/[-:T]/g, "").slice(2, 14)}Z`))
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts))
}

function set(...parts: readonly Buffer[]): Buffer {
  return der(0x31, Buffer.concat(parts))
}

function hex(text: string): Buffer {
  return Buffer.from(text, "hex")
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content
  if (length < 128) return Buffer.concat([Buffer.from([tag, length]), content])
  if (length < 256) return Buffer.concat([Buffer.from([tag, 0x81, length]), content])
  return Buffer.concat([Buffer.from([tag, 0x82, length >> 8, length & 255]), content])
}
