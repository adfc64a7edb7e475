import type { CliIo } from "../io.ts"
import { findProgram } from "../programs.ts"
import type { EditorSetup, SetupWorld } from "../setup/editor-setup.ts"
import { broken, type Diagnosis, doubtful, fine } from "./diagnosis.ts"

/** Each editor that is installed: whether it can run the server, and whether it does. */
export function editorDiagnoses(
  editors: readonly EditorSetup[],
  world: SetupWorld,
  env: CliIo["env"],
): readonly Diagnosis[] {
  const found = editors.flatMap(editor => {
    const program = editor.programs.map(name => findProgram(name, env)).find(each => each !== null)
    return program === undefined ? [] : [diagnosisOf(editor, program, world)]
  })
  if (found.length > 0) return found
  return [
    doubtful(
      "editors",
      "none of the editors it can set up is on your PATH",
      "see the folder clients for others",
    ),
  ]
}

function diagnosisOf(editor: EditorSetup, program: string, world: SetupWorld): Diagnosis {
  const { name, title } = editor
  const plan = editor.plan(program, world)
  if (typeof plan === "string") return broken(name, plan, `then run: pilotlight setup ${name}`)
  const twice = editor.conflict(world)
  if (twice !== null) return doubtful(name, twice, "keep one of them")
  const version = (world.run(program, ["--version"]) ?? "").split("\n")[0]!.trim()
  const known = version === "" ? title : `${title} (${version})`
  return plan.files.length === 0
    ? fine(name, `${known} starts pilotlight; ${plan.notes.join("; ") || "it shows a list"}`)
    : doubtful(name, `${known} is not set up by this program`, `run: pilotlight setup ${name}`)
}
