import { type ChildProcess, spawn } from "node:child_process"
import { FrameDecoder } from "../../server/protocol/framing.ts"

interface Message {
  readonly id?: number | string
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

/** A plain LSP client over the pipes of a server process, with little between the pipe and the clock. */
export class LspClient {
  readonly #child: ChildProcess
  readonly #decoder = new FrameDecoder()
  readonly #waiting = new Map<number, (message: Message) => void>()
  readonly #listeners = new Map<string, (params: unknown) => void>()
  readonly #answers = new Map<string, () => unknown>([["workspace/configuration", () => [null]]])
  #nextId = 1

  /** Starts the server with its standard streams as pipes; its stderr is dropped. */
  constructor(
    command: string,
    args: readonly string[],
    folder: string,
    env: NodeJS.ProcessEnv = process.env,
  ) {
    this.#child = spawn(command, args, { cwd: folder, env, stdio: ["pipe", "pipe", "ignore"] })
    this.#child.stdout!.on("data", (chunk: Buffer) => {
      for (const frame of this.#decoder.push(chunk)) {
        if (frame.kind === "value") this.#take(frame.value as Message)
      }
    })
  }

  /** The result of a request. Rejects if the server answers with an error. */
  request(method: string, params: unknown): Promise<unknown> {
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => {
        if (error) reject(new Error(`${method}: ${error.message}`))
        else resolve(result)
      })
      this.#send({ id, method, params })
    })
  }

  notify(method: string, params: unknown): void {
    this.#send({ method, params })
  }

  /** Hears every notification of one method from now on. */
  onNotification(method: string, listener: (params: unknown) => void): void {
    this.#listeners.set(method, listener)
  }

  /** Answers every request of the server's of one method from now on with what `answer` gives. */
  onRequest(method: string, answer: () => unknown): void {
    this.#answers.set(method, answer)
  }

  /** Ends the server at once. */
  kill(): void {
    this.#child.kill("SIGKILL")
  }

  /** Shuts the server down and resolves when its process is gone. */
  async leave(): Promise<void> {
    const gone = new Promise(resolve => this.#child.once("exit", resolve))
    await this.request("shutdown", null)
    this.notify("exit", null)
    await gone
  }

  #take(message: Message): void {
    if (message.method === undefined) {
      const settle = this.#waiting.get(message.id as number)
      this.#waiting.delete(message.id as number)
      settle?.(message)
    } else if (message.id === undefined) this.#listeners.get(message.method)?.(message.params)
    // A request of the server's: what nobody answers is granted.
    else this.#send({ id: message.id, result: this.#answers.get(message.method)?.() ?? null })
  }

  #send(message: object): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }))
    this.#child.stdin!.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]))
  }
}
