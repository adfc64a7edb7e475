import { type Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http"
import { request as httpsRequest } from "node:https"

/** Where a body is posted, and what bounds the answer. */
interface PostTarget {
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  readonly agent: Agent
  /** How long in ms the whole exchange may take. */
  readonly deadlineMs: number
  /** The largest answer that is read, in bytes. */
  readonly maxBytes: number
}

/** What was answered, or in half a sentence why nothing was. */
export type PostResult = { readonly status: number; readonly text: string } | { readonly failure: string }

/**
 * POSTs JSON and reads the whole answer. Never rejects. Redirects are not followed: they are answers with their status.
 * An aborted signal, a passed deadline and an answer that is too big each end the connection at once.
 */
export function postJson(target: PostTarget, body: string, signal: AbortSignal): Promise<PostResult> {
  return new Promise(settle => {
    const request = open(target, body)
    const end = (result: PostResult): void => {
      clearTimeout(timer)
      signal.removeEventListener("abort", onAbort)
      settle(result)
      if ("failure" in result) request.destroy()
    }
    const late = `did not answer within ${target.deadlineMs} ms`
    const timer = setTimeout(() => end({ failure: late }), target.deadlineMs)
    timer.unref()
    const onAbort = (): void => end({ failure: "was not waited for" })
    signal.addEventListener("abort", onAbort, { once: true })
    request.on("error", error => end({ failure: `can't be reached: ${error.message}` }))
    request.on("response", response => readAnswer(response, target.maxBytes, end))
    if (signal.aborted) onAbort()
    else request.end(body)
  })
}

function open({ url, headers, agent }: PostTarget, body: string): ClientRequest {
  const send = url.startsWith("https:") ? httpsRequest : httpRequest
  return send(url, {
    method: "POST",
    agent,
    headers: {
      ...headers,
      accept: "application/json",
      "content-type": "application/json",
      "content-length": String(Buffer.byteLength(body)),
    },
  })
}

function readAnswer(response: IncomingMessage, maxBytes: number, end: (result: PostResult) => void): void {
  const chunks: Buffer[] = []
  let bytes = 0
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > maxBytes) end({ failure: "answered with more than is read" })
    else chunks.push(chunk)
  })
  response.on("error", error => end({ failure: `broke off: ${error.message}` }))
  response.on("end", () =>
    end({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
  )
}
