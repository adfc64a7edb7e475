import { X509Certificate } from "node:crypto"
import { once } from "node:events"
import { type AddressInfo, connect, createServer } from "node:net"
import { expect, test } from "vitest"
import { responsesAsk } from "../../../server/model/dialects/responses.ts"
import { providerNamed } from "../../../server/model/providers.ts"
import { openLine } from "./line.ts"
import { turnRequest } from "./script.ts"
import { selfSigned } from "./self-signed.ts"

test("a self-signed certificate is good for this machine, this day", () => {
  const now = new Date("2026-11-20T12:00:00Z")
  const certificate = new X509Certificate(selfSigned(now).cert)
  expect(certificate.verify(certificate.publicKey)).toBe(true)
  expect(certificate.checkIP("127.0.0.1")).toBe("127.0.0.1")
  expect(new Date(certificate.validTo)).toEqual(new Date("2026-11-21T12:00:00Z"))
})

test("the line passes every byte in order, both ways, and counts those that go up", async () => {
  const echo = createServer(stream => stream.pipe(stream))
  echo.listen(0, "127.0.0.1")
  await once(echo, "listening")
  const line = await openLine((echo.address() as AddressInfo).port)
  const near = connect(line.port, "127.0.0.1")
  const sent = Buffer.from(Array.from({ length: 100_000 }, (_, at) => at & 255))
  near.write(sent)
  const parts: Buffer[] = []
  for await (const part of near) {
    parts.push(part as Buffer)
    if (Buffer.concat(parts).length === sent.length) break
  }
  expect(Buffer.concat(parts).equals(sent)).toBe(true)
  expect(line.takeBytesUp()).toBe(100_000)
  expect(line.takeBytesUp()).toBe(0)
  line.close()
  echo.close()
})

test("every turn of the script has the same stable part and new text, of the sizes it says", () => {
  const route = { provider: providerNamed("openai")!, model: "m", effort: "none", tier: null, template: null }
  const [one, two] = [1, 2].map(turn => responsesAsk(turnRequest(turn), route))
  expect(one?.fields).toBe(two?.fields)
  expect(one?.items.slice(0, one.stable)).toEqual(two?.items.slice(0, two.stable))
  expect(one?.items.at(-1)).not.toBe(two?.items.at(-1))
  const { stable, turns } = turnRequest(1)
  expect([stable.join("").length, turns[0]?.text.length]).toEqual([80_000, 4_000])
})
