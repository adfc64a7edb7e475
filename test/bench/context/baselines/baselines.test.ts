import { expect, test } from "vitest"
import { askAbout } from "../question.ts"
import { tinyProject } from "../tiny-project.ts"
import { baselines } from "./line-up.ts"

const PROJECT = `
  //- /main.ts
  import { openDoor } from "./doors"
  import { paintWall } from "./walls"
  const wall = paintWall()
  const far = 1
  const away = 2

  openDoor(wall)
  //- /doors.ts
  import { turnHandle } from "./handles"
  export function openDoor(wall: number) {
    return turnHandle()
  }
  //- /walls.ts
  export function paintWall() {}
  //- /handles.ts
  export function turnHandle() {}
  //- /far/visitor.ts
  import { openDoor } from "./doors"
  import { ringBell } from "./bells"
  openDoor(ringBell())
  openDoor(0)
  //- /far/bells.ts
  export function ringBell() {}
`

/** The first lines that a baseline gives for the empty line of `main.ts`. */
async function checkRetrieved(name: string): Promise<string[]> {
  const { project, truth } = tinyProject(PROJECT)
  const question = askAbout(project, truth, { file: 0, line: 5, targets: [] }, false)
  const contestant = baselines(project, truth).find(each => each.name === name)!
  const pieces = [...(await contestant.retrieve(question, 1000))]
  return pieces.flatMap(({ path, lines }) => lines.map(({ text, shows }) => `${path}:${shows} ${text}`))
}

test("skeletons come by the nearest use of what is imported, then from the second hop", async () => {
  expect(await checkRetrieved("skeletons")).toEqual([
    "doors.ts:1 export function openDoor(wall: number) {",
    "walls.ts:0 export function paintWall() {}",
    "handles.ts:0 export function turnHandle() {}",
  ])
})

test("the map ranks by what the document leans on and shows a line for each declaration", async () => {
  const lines = await checkRetrieved("map")
  expect(lines.slice(0, 2).sort()).toEqual([
    "doors.ts:1 export function openDoor(wall: number) {",
    "walls.ts:0 export function paintWall() {}",
  ])
  const rest = lines.slice(2).map(line => line.slice(0, line.indexOf(":")))
  expect(rest).toEqual(["handles.ts", "far/bells.ts"])
})

test("BM25 gives chunks of other files that share rare words with the lines around", async () => {
  const lines = await checkRetrieved("bm25")
  expect(lines.some(line => line.startsWith("main.ts"))).toBe(false)
  expect(lines.find(line => line.startsWith("walls.ts"))).toBe("walls.ts:0 export function paintWall() {}")
  expect(lines.some(line => line.startsWith("far/bells.ts"))).toBe(false)
})

test("windows come from open files alone, the likest first", async () => {
  const lines = await checkRetrieved("tabsAll")
  expect(lines[0]).toBe('doors.ts:0 import { turnHandle } from "./handles"')
  expect(lines).toContain("walls.ts:0 export function paintWall() {}")
  expect(lines.some(line => line.startsWith("far/"))).toBe(false)
  expect(await checkRetrieved("tabs4")).toEqual(lines)
})
