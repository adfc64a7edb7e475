import type { Finding } from "../features/diagnostics/finding.ts"
import type { DocumentSnapshot } from "../workspace/document.ts"
import type { Command } from "./command.ts"
import { offsetAt } from "./convert.ts"
import type { MethodContext } from "./method-context.ts"
import { fieldsOf, invalid, positionOf } from "./params.ts"

/** What can be done about findings. Both take `{uri, range, rule}`, and answer null at once. */
export const FINDING_COMMANDS: readonly Command[] = [
  {
    name: "pilotlight.fix",
    edits: true,
    run: ([argument], context) => {
      const { document, finding } = findingIn(argument, context)
      const [fix] = finding.fixes
      if (fix === undefined) throw invalid(`rule ${finding.rule} has no fix`)
      void context.actions.apply({ document, changes: fix.edits }, fix.title)
      return null
    },
  },
  {
    name: "pilotlight.dismiss",
    edits: false,
    run: ([argument], context) => {
      const { document, finding } = findingIn(argument, context)
      context.session.workspace.findings.dismiss(document.uri, finding)
      context.diagnostics.changed(document.uri)
      return null
    },
  },
]

/** The finding that the argument names; throws RequestError if there is none any more. */
function findingIn(
  argument: unknown,
  { session }: MethodContext,
): { readonly document: DocumentSnapshot; readonly finding: Finding } {
  const { uri, range, rule } = fieldsOf(argument)
  const document = typeof uri === "string" ? session.document(uri) : null
  if (document === null) throw invalid("uri must name a document that is open")
  const at = offsetAt(document, positionOf(fieldsOf(range)["start"], "range.start"), session.encoding)
  const near = session.workspace.findings.findingsAt(document.uri, at, at).filter(each => each.rule === rule)
  const finding = near.find(each => each.start === at) ?? near[0]
  if (finding === undefined) throw invalid(`rule ${JSON.stringify(rule)} finds nothing there any more`)
  return { document, finding }
}
