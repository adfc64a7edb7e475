import type { Hole } from "../ask.ts"

/** How one family of models was taught to fill in the middle. `{before}` and `{after}` are replaced; texts end an answer. */
export interface FillTemplate {
  readonly models: readonly string[]
  readonly frame: string
  /** Put before each other file, with `{name}` replaced; null if the family knows no other files. */
  readonly file: string | null
  readonly stop: readonly string[]
}

const TEMPLATES: readonly FillTemplate[] = [
  {
    models: ["qwen2.5-coder", "qwen3-coder", "qwen", "codegemma"],
    frame: "<|fim_prefix|>{before}<|fim_suffix|>{after}<|fim_middle|>",
    file: "<|file_sep|>{name}\n",
    stop: ["<|endoftext|>", "<|fim_pad|>", "<|file_sep|>", "<|repo_name|>", "<|fim_prefix|>"],
  },
  {
    models: ["starcoder", "granite", "stable-code", "santacoder"],
    frame: "<fim_prefix>{before}<fim_suffix>{after}<fim_middle>",
    file: "<file_sep>{name}\n",
    stop: ["<|endoftext|>", "<file_sep>", "<fim_prefix>"],
  },
  {
    models: ["codellama", "code-llama"],
    frame: "<PRE> {before} <SUF>{after} <MID>",
    file: null,
    stop: [" <EOT>", "<EOT>", "</s>"],
  },
  {
    models: ["deepseek-coder", "deepseek"],
    frame: "<\uff5cfim\u2581begin\uff5c>{before}<\uff5cfim\u2581hole\uff5c>{after}<\uff5cfim\u2581end\uff5c>",
    file: null,
    stop: ["<\uff5cend\u2581of\u2581sentence\uff5c>"],
  },
  {
    models: ["codestral", "mistral"],
    frame: "[SUFFIX]{after}[PREFIX]{before}",
    file: null,
    stop: ["</s>", "[SUFFIX]", "[PREFIX]"],
  },
  {
    models: ["seed-coder"],
    frame: "<[fim-suffix]>{after}<[fim-prefix]>{before}<[fim-middle]>",
    file: null,
    stop: ["<[end\u2581of\u2581sentence]>", "<[fim-suffix]>"],
  },
]

/** The template whose family a model's name (a setting may name the family itself) belongs to, or null. */
export function templateFor(model: string): FillTemplate | null {
  const name = model.toLowerCase()
  return TEMPLATES.find(template => template.models.some(family => name.includes(family))) ?? null
}

/** The raw prompt that makes a model of this family close the hole. The text after it comes where the family wants it. */
export function renderHole(template: FillTemplate, hole: Hole): string {
  const file = template.file
  const others =
    file === null
      ? ""
      : hole.files.map(each => `${file.replace("{name}", () => each.name)}${each.text}\n`).join("")
  const frame = template.frame.replace(/\{(before|after)\}/g, (_, side: string) =>
    side === "before" ? hole.before : hole.after,
  )
  return others + frame
}
