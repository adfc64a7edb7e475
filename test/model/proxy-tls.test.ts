import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer, type Server } from "node:http"
import { type AddressInfo, connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { selfSigned } from "../bench/session/self-signed.ts"
import { ScriptedModel } from "./scripted/scripted-model.ts"

/** A host that no name server knows, so that only a proxy can lead there. */
const HOST = "models.example"

interface Tunnels {
  readonly proxy: Server
  /** The hosts that tunnels were asked for, in order. */
  readonly asked: (string | undefined)[]
  /** The first byte that went up each tunnel: 22 begins a TLS handshake. */
  readonly firstBytes: (number | undefined)[]
}

/** A proxy that opens a tunnel to this port whatever host it is asked for, or answers with a status instead. */
function startProxy(port: number, status: number): Tunnels {
  const asked: (string | undefined)[] = []
  const firstBytes: (number | undefined)[] = []
  const proxy = createServer()
  proxy.on("connect", (request, near) => {
    asked.push(request.url)
    near.on("error", () => near.destroy())
    near.write(`HTTP/1.1 ${status} As Told\r\n\r\n`)
    if (status !== 200) return near.destroy()
    const far = connect(port, "127.0.0.1")
    far.on("error", () => near.destroy())
    near.once("data", (chunk: Buffer) => firstBytes.push(chunk[0]))
    return near.pipe(far).pipe(near)
  })
  proxy.listen(0, "127.0.0.1")
  return { proxy, asked, firstBytes }
}

/** Asks a model over TLS and through a proxy as a user does, from a process of its own, and gives all that it prints. */
async function askThrough(provider: string, status: number): Promise<Tunnels & { readonly printed: string }> {
  const home = mkdtempSync(join(tmpdir(), "proxy-tls-"))
  const identity = selfSigned(new Date())
  const authority = join(home, "cert.pem")
  writeFileSync(authority, identity.cert)
  const model = await ScriptedModel.start({ tls: identity, onAsk: ask => ask.answer("so: ", ask.input) })
  const tunnels = startProxy(model.port, status)
  await once(tunnels.proxy, "listening")
  const { port } = tunnels.proxy.address() as AddressInfo
  const url = `https://${HOST}:${model.port}/v1`
  const program = join(import.meta.dirname, "../../dist/pilotlight.cjs")
  const asking = spawn(process.execPath, [program, "ask", "--provider", provider, "--base-url", url, "hi"], {
    env: {
      ...process.env,
      XDG_CONFIG_HOME: home,
      HTTPS_PROXY: `http://127.0.0.1:${port}`,
      NO_PROXY: "",
      NODE_EXTRA_CA_CERTS: authority,
    },
  })
  let printed = ""
  for (const stream of [asking.stdout, asking.stderr]) {
    stream.on("data", chunk => {
      printed += String(chunk)
    })
  }
  await once(asking, "close")
  tunnels.proxy.closeAllConnections()
  tunnels.proxy.close()
  await model.stop()
  rmSync(home, { recursive: true })
  return { ...tunnels, printed }
}

for (const [provider, over] of [
  ["responses", "a socket"],
  ["chat", "HTTP"],
]) {
  test(`over ${over} a proxy leads to a model without reading along`, async () => {
    const { printed, asked, firstBytes } = await askThrough(provider!, 200)
    expect(printed).toContain("so: ")
    expect(printed).toContain(`${provider} over ${over}`)
    expect(new Set(asked.map(host => host?.split(":")[0]))).toEqual(new Set([HOST]))
    expect(new Set(firstBytes)).toEqual(new Set([22]))
  })
}

test("a proxy that refuses is named", async () => {
  const { printed } = await askThrough("chat", 403)
  expect(printed).toMatch(/the proxy 127\.0\.0\.1:\d+ answered 403/)
})
