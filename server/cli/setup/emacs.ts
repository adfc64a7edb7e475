import { join } from "node:path"
import { type EditorSetup, marksFor, type SetupWorld, withBlock, withoutBlock } from "./editor-setup.ts"

/** The first Emacs with Eglot. */
const OLDEST = 29

/** Emacs: a part of the init file, for Eglot or lsp-mode, whichever the user has. */
export const EMACS: EditorSetup = {
  name: "emacs",
  title: "Emacs",
  programs: ["emacs"],
  plan: (program, world) => {
    const version = /GNU Emacs (\d+)/.exec(world.run(program, ["--version"]) ?? "")
    const major = version === null ? OLDEST : Number(version[1])
    if (major < OLDEST) return `Emacs ${major} has no Eglot; install Emacs 29 or later`
    const path = initFile(world)
    const text = world.read(path) ?? ""
    const marks = marksFor(";;")
    const after = withBlock(text, marks, configuration(world, withoutBlock(text, marks)))
    const notes = [
      "Eglot runs one server per buffer: to keep the main one beside it, install rass (rassumfrassum)",
    ]
    return { files: after === text ? [] : [{ path, after }], notes }
  },
  conflict: world => {
    const path = initFile(world)
    const text = world.read(path) ?? ""
    const own = withoutBlock(text, marksFor(";;"))
    return own !== text && /^[^;\n]*pilotlight/m.test(own) ? `${path} sets it up twice` : null
  },
}

/** The init file that Emacs would load: the first that exists, in Emacs's own order. */
function initFile({ home, configHome, read }: SetupWorld): string {
  const candidates = [
    join(home, ".emacs.el"),
    join(home, ".emacs"),
    join(home, ".emacs.d", "init.el"),
    join(configHome, "emacs", "init.el"),
  ]
  return candidates.find(path => read(path) !== null) ?? join(home, ".emacs.d", "init.el")
}

/** Turns Eglot on unless the user's own part of the init file speaks of a client already. */
function configuration({ program }: SetupWorld, own: string): string {
  const command = [...program.command, "--stdio"].map(lispText).join(" ")
  const choosesClient = /\b(?:eglot|lsp-mode|lsp-deferred)\b|[(']lsp\b/.test(own)
  return [
    `(add-to-list 'load-path ${lispText(join(program.clients, "emacs"))})`,
    `(setq pilotlight-command '(${command}))`,
    "(require 'pilotlight)",
    ...(choosesClient ? [] : ["(add-hook 'prog-mode-hook #'pilotlight-ensure)"]),
    "(add-hook 'eglot-managed-mode-hook #'pilotlight-ghost-mode)",
  ].join("\n")
}

function lispText(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&")}"`
}
