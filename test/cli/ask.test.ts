import { spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { afterEach, beforeEach, expect, test } from "vitest"
import { runAsk } from "../../server/cli/ask.ts"
import { until } from "../model/model-fixture.ts"
import { type ModelOptions, ScriptedModel } from "../model/scripted/scripted-model.ts"
import { testIo } from "./test-io.ts"

let home = ""
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "pilotlight-ask-"))
  mkdirSync(join(home, "pilotlight"))
})
afterEach(() => rmSync(home, { recursive: true }))

interface Run {
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  /** Given what ctrl-c does. */
  readonly onLeave?: (leave: () => void) => void
}

/** Runs `pilotlight ask` as a user with a home of their own; gives the exit code and what was printed, figures as #. */
async function run({ args, env = {}, input = "", onLeave = () => {} }: Run): Promise<string> {
  let printed = ""
  const print = (text: string): void => {
    printed += text
  }
  const io = testIo(print, {
    stdin: Readable.from([Buffer.from(input)]),
    env: { XDG_CONFIG_HOME: home, ...env },
    cwd: home,
    onLeave: leave => {
      onLeave(leave)
      return () => {}
    },
  })
  const code = await runAsk(args, io)
  return `${code}: ${printed.replaceAll(home, "~").replaceAll(/\d+ (ms|tokens\/s)/g, "# $1")}`
}

/** Starts a model that answers each ask with its own input, and gives what `ask` prints when it is run on it. */
async function checkAsk(how: (url: string) => Run, model: ModelOptions = {}): Promise<string> {
  const scripted = await ScriptedModel.start({ onAsk: ask => ask.answer("so: ", ask.input), ...model })
  const printed = await run(how(scripted.baseUrl))
  await scripted.stop()
  return printed
}

function writeSettings(text: string, mode = 0o600): void {
  const path = join(home, "pilotlight", "settings.json")
  writeFileSync(path, text)
  chmodSync(path, mode)
}

test("an address alone is enough to get an answer over a socket", async () => {
  const printed = await checkAsk(url => ({ args: ["--base-url", url, "hello"] }))
  expect(printed).toMatch(
    /^0: so: hello\nresponses over a socket, first token after # ms, .*tokens: 2 in \(0 cached\), 3 out\n$/,
  )
})

test("every kind of provider can be asked, and an empty gap is filled", async () => {
  const chat = await checkAsk(url => ({ args: ["--provider", "chat", "--base-url", url, "hello"] }))
  expect(chat).toMatch(/^0: so: .*hello\nchat over HTTP, /)
  const gap = await checkAsk(url => ({
    args: ["--provider", "ollama", "--role", "live", "--base-url", url, "f(<|>)"],
  }))
  expect(gap).toMatch(/^0: so: .*f\(.*\nollama over HTTP, /)
})

test("the text can come from stdin, and the answer go out as JSON", async () => {
  const printed = await checkAsk(url => ({ args: ["--json", "--base-url", url, "-"], input: "hi 😀" }))
  expect(JSON.parse(printed.slice(3, printed.indexOf("\n")))).toMatchObject({
    text: "so: hi 😀",
    provider: "responses",
    over: "a socket",
    status: "completed",
    usage: { cached: 0 },
  })
})

test("the user's settings name the model, and an option another one of it", async () => {
  let asked = ""
  const model = {
    models: ["big", "small"],
    onAsk: (ask: { body: unknown; answer(text: string): void }) => {
      asked += `${(ask.body as { model: string }).model} `
      ask.answer("yes")
    },
  }
  const settings = (url: string): Run => {
    writeSettings(JSON.stringify({ model: { provider: "openai", baseUrl: url, deep: { model: "big" } } }))
    return { args: ["hello"] }
  }
  expect(await checkAsk(settings, model)).toMatch(/^0: yes\nopenai over a socket, lane c0, /)
  await checkAsk(url => ({ args: [...settings(url).args, "--model", "small"] }), model)
  expect(asked).toBe("big small ")
})

test("a key in the settings is used, with a warning if others can read it, but never sent elsewhere", async () => {
  const keys = { keys: ["secret"] }
  const settings =
    (mode: number, ...args: readonly string[]) =>
    (url: string): Run => {
      writeSettings(JSON.stringify({ model: { provider: "responses", baseUrl: url, key: "secret" } }), mode)
      return { args: [...args, ...(args.length > 0 ? [url] : []), "hi"] }
    }
  expect(await checkAsk(settings(0o600), keys)).toMatch(/^0: so: hi\n/)
  expect(await checkAsk(settings(0o644), keys)).toMatch(
    /^0: pilotlight ask: ~\/pilotlight\/settings.json holds a key and can be read by others; run: chmod 600 ~.*\nso: hi\n/,
  )
  expect(await checkAsk(settings(0o600, "--base-url"), keys)).toMatch(/^1: pilotlight ask: .*401\n$/)
})

test("an address alone never gets the key of the provider that is set", async () => {
  const printed = await checkAsk(
    url => {
      writeSettings('{"model": {"provider": "openai", "deep": {"model": "m"}}}')
      return { args: ["--base-url", url, "hi"], env: { OPENAI_API_KEY: "secret" } }
    },
    { keys: ["secret"] },
  )
  expect(printed).toMatch(/^1: pilotlight ask: .*401\n$/)
})

test("a key file that others can read is refused", async () => {
  const path = join(home, "pilotlight", "keys.json")
  writeFileSync(path, '{"responses": "secret"}')
  chmodSync(path, 0o640)
  const asking = (url: string): Run => ({ args: ["--base-url", url, "hi"] })
  expect(await checkAsk(asking, { keys: ["secret"] })).toBe(
    "1: pilotlight ask: ~/pilotlight/keys.json can be read by others; run: chmod 600 ~/pilotlight/keys.json\n",
  )
  chmodSync(path, 0o600)
  expect(await checkAsk(asking, { keys: ["secret"] })).toMatch(/^0: so: hi\n/)
})

test("nothing is read from the folder it runs in", async () => {
  writeSettings('{"model": {"provider": "responses", "baseUrl": "http://127.0.0.1:1/v1"}}')
  const printed = await run({ args: ["hi"], env: { XDG_CONFIG_HOME: ".", HOME: join(home, "none") } })
  expect(printed).toBe(
    '1: pilotlight ask: no model is set: use --provider, or write {"model": {"provider": "…"}} to ~/none/.config/pilotlight/settings.json\n',
  )
})

/** What `ask` says of a settings file, without where that is. */
async function checkSettings(text: string): Promise<string> {
  writeSettings(text)
  return (await run({ args: ["hi"] })).replaceAll("pilotlight ask: ~/pilotlight/settings.json", "")
}

test("a wrong setting is named with its value and what is allowed", async () => {
  expect(await checkSettings("{")).toBe("1:  is not a JSON object\n")
  expect(await checkSettings('{"model": []}')).toBe("1: : model is []; it must be an object\n")
  expect(await checkSettings('{"model": {"provider": "chatt"}}')).toMatch(
    /^1: : model.provider is "chatt"; it must be one of openai, .*fim \(did you mean chat\?\)\n$/,
  )
  expect(
    await checkSettings(
      '{"model": {"provider": "xai", "wramUp": true, "tokensPerDay": -1, "live": {"effort": "lots", "tier": "x"}}}',
    ),
  ).toMatchInlineSnapshot(`
    "1: : model.wramUp is no setting; did you mean warmUp?
    : model.tokensPerDay is -1; it must be a whole number above 0
    : model.live.effort is "lots"; it must be one of none, minimal, low, medium, high, xhigh, max
    : model.live.tier is "x"; it must be left out: xai has no tiers
    "
  `)
})

test("a wrong option is named as it was typed", async () => {
  expect(await run({ args: ["--role", "fast", "hi"] })).toBe(
    "2: pilotlight ask: --role is 'fast'; it must be live or deep (see: pilotlight ask --help)\n",
  )
  expect(await run({ args: ["--provider", "opnai", "hi"] })).toMatch(
    /^1: pilotlight ask: --provider is "opnai"; it must be one of .* \(did you mean openai\?\)\n$/,
  )
  expect(await run({ args: ["hi", "--model"] })).toBe(
    "2: pilotlight ask: option --model needs a value: NAME (see: pilotlight ask --help)\n",
  )
  expect(await run({ args: ["--provider", "openai", "hi"] })).toBe(
    "1: pilotlight ask: openai needs a key: set OPENAI_API_KEY\n",
  )
  expect(await run({ args: ["--base-url", "http://example.org/v1", "hi"] })).toBe(
    "1: pilotlight ask: the model at example.org would be reached without encryption; use https, or allow it in your own settings\n",
  )
})

test("an interrupt cancels", async () => {
  let leave: () => void = () => {}
  const printed = await checkAsk(
    url => ({
      args: ["--base-url", url, "hi"],
      onLeave: given => {
        leave = given
      },
    }),
    {
      onAsk: ask => {
        ask.say("half")
        leave()
        leave()
      },
    },
  )
  expect(printed).toMatch(/^1: (half\n)?pilotlight ask: cancelled\n$/)
})

test("whoever reads only the start of an answer gets that, and no stack trace", async () => {
  const model = await ScriptedModel.start()
  const program = join(import.meta.dirname, "../../dist/pilotlight.cjs")
  const asking = spawn(process.execPath, [program, "ask", "--base-url", model.baseUrl, "hi"], {
    env: { ...process.env, XDG_CONFIG_HOME: home },
  })
  const said = once(asking.stdout, "data")
  let err = ""
  asking.stderr.on("data", chunk => {
    err += String(chunk)
  })
  const asked = await model.asked()
  asked.say("first")
  await said
  asking.stdout.destroy()
  let code: number | null = null
  asking.on("close", left => {
    code = left
  })
  await until(() => {
    if (code === null) asked.say("more")
    return code !== null
  }, "the end of the program")
  await model.stop()
  expect(`${code} ${err}`).toBe("1 pilotlight ask: cancelled\n")
})
