import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { CALL_BY_MODEL, describeAccepting, EVERY } from "./accepting.ts"
import { REPOSITORY } from "./playground.ts"

describeAccepting(
  {
    name: "Helix",
    program: "hx",
    configure: async (playground, file) => {
      const languages = await readFile(join(REPOSITORY, "clients/helix/languages.toml"), "utf8")
      await playground.configure(".config/helix/languages.toml", languages)
      return [file]
    },
    appendToFirstLine: terminal => terminal.type("ggA"),
    accept: terminal => terminal.press("C-n", "Enter"),
    saveAndLeave: async terminal => {
      await terminal.press("Escape")
      await terminal.shows("normal mode", screen => / NOR /.test(screen))
      await terminal.press(":", "w", "q", "Enter")
    },
  },
  [...EVERY, ...CALL_BY_MODEL],
)
