import { expect, test } from "vitest"
import { type CommandSpec, readArguments } from "../../server/cli/options.ts"
import { testIo } from "./test-io.ts"

const SPEC: CommandSpec = {
  name: "weigh",
  usage: "FILE [DIR] [--json]",
  about: "Weighs a file.",
  flags: { json: { help: "print one JSON object" }, quiet: { help: "print less", short: "q" } },
  operands: ["FILE", "DIR"],
  required: 1,
  examples: [["pilotlight weigh a.ts", "weigh one"]],
}

/** Reads arguments; gives what is printed and returned as one text. */
function checkArguments(...args: readonly string[]): string {
  let printed = ""
  const print = (text: string): void => {
    printed += text
  }
  const io = testIo(print, { stderr: text => print(`stderr: ${text}`) })
  const read = readArguments(SPEC, args, io)
  if (typeof read === "number") return `${printed}exit ${read}`
  return `${printed}flags ${[...read.flags]} operands ${read.operands}`
}

test("flags and operands may stand in any order", () => {
  expect(checkArguments("--json", "a.ts", "-q")).toBe("flags json,quiet operands a.ts")
  expect(checkArguments("a.ts", "b", "--json")).toBe("flags json operands a.ts,b")
})

test("what follows -- is never a flag", () => {
  expect(checkArguments("--", "--json")).toBe("flags  operands --json")
})

test("a mistake is one sentence on stderr and exit code 2", () => {
  expect(checkArguments("a.ts", "--jsno")).toMatchInlineSnapshot(`
    "stderr: pilotlight weigh: unknown option --jsno; it has --json, --quiet, --help (see: pilotlight weigh --help)
    exit 2"
  `)
  expect(checkArguments("a.ts", "--json=yes")).toMatchInlineSnapshot(`
    "stderr: pilotlight weigh: option --json takes no value (see: pilotlight weigh --help)
    exit 2"
  `)
  expect(checkArguments()).toMatchInlineSnapshot(`
    "stderr: pilotlight weigh: FILE is missing (see: pilotlight weigh --help)
    exit 2"
  `)
  expect(checkArguments("a", "b", "c")).toMatchInlineSnapshot(`
    "stderr: pilotlight weigh: unexpected argument 'c' (see: pilotlight weigh --help)
    exit 2"
  `)
})

test("--help teaches on stdout, whatever else is wrong", () => {
  expect(checkArguments("--wrong", "-h")).toMatchInlineSnapshot(`
    "usage: pilotlight weigh FILE [DIR] [--json]

    Weighs a file.

    options:
          --json   print one JSON object
      -q, --quiet  print less
      -h, --help   show this text

    examples:
      pilotlight weigh a.ts  weigh one

    exit status: 0 done, 1 failed, 2 wrong arguments
    exit 0"
  `)
})
