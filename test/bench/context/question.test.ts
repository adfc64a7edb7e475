import { expect, test } from "vitest"
import { askAbout } from "./question.ts"
import { tinyProject } from "./tiny-project.ts"

/** The document as a contestant sees it, and where its visible imports lead. */
function checkMasked(text: string, line: number, hidden: boolean): string {
  const { project, truth } = tinyProject(text)
  const question = askAbout(project, truth, { file: 0, line, targets: [] }, hidden)
  const leads = question.imports.map(({ names, target }) => `${names.map(({ as }) => as)} -> ${target}`)
  return [question.text, ...leads].join("\n")
}

const DOCUMENT = `
  //- /main.ts
  import first, { near, used as also, last } from "./other"
  import { alone } from "./gone"
  import "./effects"
  first(alone, near, last)
  also(first)
  //- /other.ts
  export const near = 1
`

test("the masked line is empty, and nothing else is", () => {
  expect(checkMasked(DOCUMENT, 3, false)).toMatchInlineSnapshot(`
    "import first, { near, used as also, last } from "./other"
    import { alone } from "./gone"
    import "./effects"

    also(first)

    first,near,also,last -> 1
    alone -> -1
     -> -1"
  `)
})

test("imports that only the masked line uses can be hidden, by name and as a whole", () => {
  expect(checkMasked(DOCUMENT, 3, true)).toMatchInlineSnapshot(`
    "import first, {       used as also,      } from "./other"

    import "./effects"

    also(first)

    first,also -> 1
     -> -1"
  `)
})

test("a name that stands in the import only is no use, and one that nobody uses stays", () => {
  const text = `
    //- /main.ts
    import { one,
      two,
      unused } from "./other"
    two(one)
    one()
  `
  expect(checkMasked(text, 3, true)).toMatchInlineSnapshot(`
    "import { one,

      unused } from "./other"

    one()

    one,unused -> -1"
  `)
})
