import { spawn } from "node:child_process"
import { once } from "node:events"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { ErrorReply, FakeEditor, NEVER, STATUS } from "./fake-editor.ts"
import { ProjectFolder, SHOP } from "./project-folder.ts"
import { PROGRAM, spawnServer } from "./server-process.ts"

/** How a server that was greeted leaves when `leave` happens: its exit code, null for a signal. */
async function checkLeaves(
  leave: (editor: FakeEditor, pid: number) => void,
  expected: number | null,
): Promise<void> {
  using project = new ProjectFolder(SHOP)
  const server = spawnServer(project.path)
  const editor = new FakeEditor(server, { roots: [project.path] })
  await editor.initialize()
  leave(editor, server.child.pid!)
  expect(await editor.exited).toBe(expected)
  editor.check()
  expect(server.stderr()).toBe("")
}

test("shutdown and exit end the server with code 0", async () => {
  using project = new ProjectFolder(SHOP)
  const editor = new FakeEditor(spawnServer(project.path), { roots: [project.path] })
  const { capabilities, serverInfo } = await editor.initialize()
  expect(serverInfo?.name).toBe("pilotlight")
  expect(capabilities).toEqual({
    positionEncoding: "utf-16",
    textDocumentSync: { openClose: true, change: 2, save: { includeText: false } },
    completionProvider: { triggerCharacters: [".", ":", "("], resolveProvider: false },
    inlineCompletionProvider: {},
    // A client that does not say so lets no server edit.
    codeActionProvider: expect.objectContaining({ resolveProvider: false }),
    executeCommandProvider: {
      commands: expect.arrayContaining([
        "pilotlight.status",
        "pilotlight.why",
        "pilotlight.toggle",
        "pilotlight.accepted",
      ]),
    },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  })
  await editor.close()
})

test("exit without shutdown ends it with code 1", () => checkLeaves(editor => editor.notify("exit", null), 1))

test("the end of its input ends it", () => checkLeaves(editor => editor.hangUp(), 0))

test("SIGTERM and SIGHUP end it", async () => {
  await checkLeaves((_, pid) => process.kill(pid, "SIGTERM"), 0)
  await checkLeaves((_, pid) => process.kill(pid, "SIGHUP"), 0)
})

test("shutdown and the end of input at once are answered before it leaves", async () => {
  using project = new ProjectFolder(SHOP)
  const editor = new FakeEditor(spawnServer(project.path), { roots: [project.path] })
  await editor.initialize()
  const reply = editor.request("shutdown", null)
  editor.hangUp()
  expect(await reply).toBeNull()
  expect(await editor.exited).toBe(0)
  editor.check()
})

test("it leaves when the editor was killed", async () => {
  const script = `
    const { spawn } = require("node:child_process")
    const child = spawn(process.execPath, [${JSON.stringify(PROGRAM)}, "--stdio"], { stdio: ["pipe", "ignore", "inherit"] })
    const body = JSON.stringify({ jsonrpc: "2.0", id: 0, method: "initialize", params: { capabilities: {} } })
    child.stdin.write("Content-Length: " + body.length + "\\r\\n\\r\\n" + body)
    console.log(child.pid)
    setInterval(() => {}, 1000)`
  // The server inherits stderr: that it closes is the proof that the server is gone.
  const parent = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "pipe"] })
  await once(parent.stdout, "data")
  const gone = once(parent.stderr, "close")
  parent.stderr.resume()
  parent.kill("SIGKILL")
  await gone
})

test("an editor that stops reading does no harm", async () => {
  using project = new ProjectFolder(SHOP)
  const server = spawnServer(project.path)
  const editor = new FakeEditor(server, { roots: [project.path] })
  await editor.initialize()
  server.child.stdout!.destroy()
  for (let i = 0; i < 20; i++) editor.send("workspace/executeCommand", STATUS)
  editor.notify("exit", null)
  expect(await editor.exited).toBe(1)
  expect(server.stderr()).toBe("")
})

test("an error that nobody hears of, stderr being closed, does no harm", async () => {
  using project = new ProjectFolder(SHOP)
  const failing = `process.on("SIGUSR2", () => { throw new Error("unheard") })`
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(failing)}` }
  const server = spawnServer(project.path, env)
  server.child.stderr!.destroy()
  const editor = new FakeEditor(server, { roots: [project.path] })
  await editor.initialize()
  server.child.kill("SIGUSR2")
  await editor.indexed()
  await editor.close()
})

test("it leaves when told to although the editor stopped reading long ago", async () => {
  using project = new ProjectFolder(SHOP)
  const server = spawnServer(project.path)
  const editor = new FakeEditor(server, { roots: [project.path] })
  await editor.initialize()
  server.child.stdout!.pause()
  const method = `no/such/${"x".repeat(1000)}`
  for (let i = 0; i < 2000; i++) editor.send(method, {})
  editor.hangUp()
  const [code] = await once(server.child, "exit")
  expect([code, server.stderr()]).toEqual([0, ""])
})

test("it serves where the home folder is not named, or wrongly", async () => {
  using project = new ProjectFolder(SHOP)
  for (const env of [{ HOME: "" }, { HOME: "not/absolute" }]) {
    const editor = new FakeEditor(spawnServer(project.path, env), { roots: [project.path] })
    await editor.initialize()
    await editor.indexed()
    const status = await editor.request("workspace/executeCommand", STATUS)
    expect(status).toMatch(/knows 3 files/)
    await editor.close()
  }
})

test("an editor that never answers questions is served like any other", async () => {
  using project = new ProjectFolder(SHOP)
  const answers = {
    "window/workDoneProgress/create": NEVER,
    "workspace/configuration": NEVER,
    "client/registerCapability": NEVER,
  }
  const capabilities = {
    workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration: true } },
  }
  const editor = new FakeEditor(spawnServer(project.path), { roots: [project.path], answers, capabilities })
  await editor.initialize()
  const status = await editor.request("workspace/executeCommand", STATUS)
  expect(status).toMatch(/^Pilotlight knows/)
  await editor.close()
})

test("requests before initialize and after shutdown are refused by the book", async () => {
  using project = new ProjectFolder(SHOP)
  const editor = new FakeEditor(spawnServer(project.path))
  await expect(editor.request("textDocument/completion", {})).rejects.toMatchObject({ code: -32002 })
  await editor.initialize()
  await expect(editor.request("no/such/method", {})).rejects.toBeInstanceOf(ErrorReply)
  await expect(editor.request("no/such/method", {})).rejects.toMatchObject({ code: -32601 })
  await editor.request("shutdown", null)
  await expect(editor.request("textDocument/completion", {})).rejects.toMatchObject({ code: -32600 })
  editor.notify("exit", null)
  expect(await editor.exited).toBe(0)
  editor.check()
})

test("commands of other servers are answered with null", async () => {
  using project = new ProjectFolder(SHOP)
  const editor = new FakeEditor(spawnServer(project.path))
  await editor.initialize()
  expect(await editor.request("workspace/executeCommand", { command: "tsserver.restart" })).toBeNull()
  await editor.close()
})

for (const [flag, address] of [
  ["--socket", () => ({ port: 0, host: "127.0.0.1" })],
  ["--pipe", () => ({ path: join(tmpdir(), `pilotlight-${process.pid}.sock`) })],
] as const) {
  test(`${flag} connects to an editor that listens`, async () => {
    const listener = createServer({ allowHalfOpen: true })
    listener.listen(address())
    await once(listener, "listening")
    const place = listener.address()!
    const value = typeof place === "string" ? place : String(place.port)
    const child = spawn(process.execPath, [PROGRAM, `${flag}=${value}`], { stdio: "inherit" })
    const [socket] = await once(listener, "connection")
    // What the server wrote last can still be on its way when it is gone.
    const gone = Promise.all([once(child, "exit"), once(socket, "close")])
    const exited = gone.then(([[code]]) => code as number | null)
    const editor = new FakeEditor({ input: socket, output: socket, exited })
    await editor.initialize()
    const last = editor.request("shutdown", null)
    editor.hangUp()
    expect([await last, await editor.exited]).toEqual([null, 0])
    editor.check()
    listener.close()
  })
}

test("wrong arguments are one sentence and exit code 2", async () => {
  const child = spawn(process.execPath, [PROGRAM, "--sokcet"], { stdio: ["ignore", "pipe", "pipe"] })
  const [[stderr], [code]] = await Promise.all([once(child.stderr, "data"), once(child, "exit")])
  expect(String(stderr)).toMatch(/^pilotlight: Unknown option '--sokcet'.*\n$/)
  expect(code).toBe(2)
})
