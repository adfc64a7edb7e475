import { actionKind, shortened } from "../features/actions/action-kinds.ts"
import { allFixes } from "../features/actions/all-fixes.ts"
import { editOrder } from "../features/actions/edit-order.ts"
import { neededPlace, placeIn } from "./action-place.ts"
import { siteAt } from "./client-actions.ts"
import type { Command } from "./command.ts"
import type { MethodContext } from "./method-context.ts"
import { type Fields, fieldsOf, invalid } from "./params.ts"

/** What users and their editors can have done to code. Each answers null at once and works on in the background. */
export const ACTION_COMMANDS: readonly Command[] = [
  { name: "pilotlight.do", edits: true, run: ([argument], context) => doAction(fieldsOf(argument), context) },
  { name: "pilotlight.edit", edits: true, run: ([argument], context) => edit(fieldsOf(argument), context) },
  {
    name: "pilotlight.fixAll",
    edits: true,
    run: ([argument], context) => fixAll(fieldsOf(argument), context),
  },
  { name: "pilotlight.steer", edits: true, run: ([argument], context) => steer(argument, context) },
  {
    name: "pilotlight.stop",
    edits: false,
    run: ([argument], context) => {
      context.actions.stop(placeIn(fieldsOf(argument), context))
      return null
    },
  },
  {
    name: "pilotlight.undo",
    edits: true,
    run: (_args, { actions }) => {
      void actions.undo()
      return null
    },
  },
]

/** Runs one of the kinds of actions there are: `{action, uri, range, problem?}`. */
function doAction(fields: Fields, context: MethodContext): null {
  const kind = actionKind(String(fields["action"]))
  if (kind === null) throw invalid(`there is no action ${JSON.stringify(fields["action"])}`)
  const place = neededPlace(fields, context)
  const message = fields["problem"]
  const { start, end } = place
  const problems = typeof message === "string" ? [{ message, start, end, rule: null }] : []
  const site = siteAt(context.session, place, problems)
  if (site === null || !kind.applies(site)) throw invalid("this action does not apply here any more")
  context.actions.start(editOrder(kind, site))
  return null
}

/** Longest look for what rules find, ms. */
const FIND_MS = 50

/** Applies the fixes of all that rules find in a document: `{uri, kind}` with `quickfix` or `refactor.rewrite`. */
function fixAll({ uri, kind }: Fields, { session, actions }: MethodContext): null {
  const document = typeof uri === "string" ? session.document(uri) : null
  if (document === null) throw invalid("uri must name a document that is open")
  const findings = session.workspace.findings.advance(document.uri, FIND_MS) ?? []
  const changes = allFixes(findings, kind === "refactor.rewrite" ? kind : "quickfix")
  void actions.apply({ document, changes }, "Fix all that rules find")
  return null
}

/** Does what an instruction says: `{uri, range, instruction}`. */
function edit(fields: Fields, context: MethodContext): null {
  const instruction = instructionIn(fields)
  const place = neededPlace(fields, context)
  const title = shortened(instruction.replace(/\s+/g, " "))
  const how = { model: "auto", target: "declaration", comment: null } as const
  context.actions.start({ title, ...place, instruction, ...how })
  return null
}

/** Takes `{instruction}`, with `uri` and `range` where several things may be running, or the instruction alone. */
function steer(argument: unknown, context: MethodContext): null {
  const fields = typeof argument === "string" ? { instruction: argument } : fieldsOf(argument)
  context.actions.steer(instructionIn(fields), placeIn(fields, context))
  return null
}

function instructionIn({ instruction }: Fields): string {
  if (typeof instruction !== "string" || instruction.trim() === "") {
    throw invalid("instruction must say what to do")
  }
  return instruction.trim()
}
