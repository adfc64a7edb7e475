import { createLog } from "../base/log.ts"
import type { Diagnosis, Level } from "./doctor/diagnosis.ts"
import { editorDiagnoses } from "./doctor/editors.ts"
import {
  cacheDiagnosis,
  gitDiagnosis,
  limitDiagnoses,
  nodeDiagnosis,
  parserDiagnoses,
} from "./doctor/machine.ts"
import { modelDiagnoses } from "./doctor/model.ts"
import { settingsDiagnoses } from "./doctor/settings.ts"
import { type CliIo, ExitCode } from "./io.ts"
import { type CommandSpec, readArguments } from "./options.ts"
import { EDITORS, lookAround } from "./setup-world.ts"
import { readUserSettings } from "./user-settings.ts"

const SPEC: CommandSpec = {
  name: "doctor",
  usage: "[--offline] [--json]",
  about: `Looks at everything that could keep suggestions away and says what to do about it, a line each: Node, parsers, cache, git,
limits of the system, your settings, the editors that are installed, and the model, if one is set, which is asked a short question.`,
  flags: {
    offline: { help: "ask no model" },
    json: { help: "print the lines as JSON" },
  },
  operands: [],
  required: 0,
  examples: [["pilotlight doctor", "see what is wrong"]],
}

const MARKS: { readonly [level in Level]: string } = { ok: "ok  ", warn: "warn", fail: "FAIL" }

/** `pilotlight doctor`: says what is wrong and what to do. Fails if something does not work. */
export async function runDoctor(args: readonly string[], io: CliIo): Promise<number> {
  const read = readArguments(SPEC, args, io)
  if (typeof read === "number") return read
  const diagnoses = await diagnose(read.flags.has("offline"), io)
  if (read.flags.has("json")) io.stdout(`${JSON.stringify(diagnoses)}\n`)
  else for (const diagnosis of diagnoses) io.stdout(lineOf(diagnosis))
  return diagnoses.some(({ level }) => level === "fail") ? ExitCode.failed : ExitCode.ok
}

async function diagnose(offline: boolean, io: CliIo): Promise<readonly Diagnosis[]> {
  const { env, cwd, installed } = io
  const settings = readUserSettings(env)
  const { languages } = io.openHost({ log: createLog(() => {}, "error"), watch: false, children: 1 })
  return [
    nodeDiagnosis(installed.node),
    ...parserDiagnoses(languages, env, installed.grammars),
    cacheDiagnosis(env),
    gitDiagnosis(env, cwd),
    ...limitDiagnoses(),
    ...settingsDiagnoses(settings, env),
    ...editorDiagnoses(EDITORS, await lookAround(io), env),
    ...(offline ? [] : await modelDiagnoses(settings, env)),
  ]
}

function lineOf({ level, about, says, cure }: Diagnosis): string {
  return `${MARKS[level]}  ${about.padEnd(9)} ${says}\n${cure === null ? "" : `${" ".repeat(16)}-> ${cure}\n`}`
}
