import type { EffortRule, Provider } from "./provider.ts"

const MINUTE_MS = 60_000

/** What every reasoning model is known to take; a server that refuses it by name is asked without it from then on. */
const ANY_EFFORTS: EffortRule = { model: "", values: ["low", "medium", "high"] }

const OPENAI_EFFORTS: readonly EffortRule[] = [
  { model: "gpt-6-luna", values: ["none", "low", "medium", "high", "xhigh", "max"] },
  { model: "gpt-5.6-luna", values: ["none", "low", "medium", "high", "xhigh", "max"] },
  { model: "gpt-6", values: ["low", "medium", "high", "max"] },
  ANY_EFFORTS,
]

const OPENAI_MODELS: Provider["models"] = {
  live: ["gpt-6-luna", "gpt-5.6-luna", "gpt-6.1-terra", "gpt-5.6-terra"],
  deep: ["gpt-6.2-sol", "gpt-6.1-sol", "gpt-6-sol", "gpt-6.2-astra", "gpt-6-astra", "gpt-5.6-sol"],
}

const OPENAI: Provider = {
  name: "openai",
  baseUrl: "https://api.openai.com/v1",
  auth: "bearer",
  keyNames: ["OPENAI_API_KEY"],
  dialects: { live: "responses", deep: "responses" },
  socket: true,
  lanes: true,
  warmUp: true,
  continuation: true,
  maxAgeMs: 55 * MINUTE_MS,
  outputBound: "max_output_tokens",
  sampling: false,
  steering: ["gpt-6"],
  efforts: OPENAI_EFFORTS,
  tiers: ["auto", "default", "flex", "priority", "fast", "ultrafast"],
  cacheKey: true,
  padding: true,
  models: OPENAI_MODELS,
}

const CHAT: Provider = {
  ...OPENAI,
  name: "chat",
  baseUrl: null,
  keyNames: [],
  dialects: { live: "chat", deep: "chat" },
  socket: false,
  lanes: false,
  warmUp: false,
  continuation: false,
  outputBound: "max_tokens",
  sampling: true,
  steering: [],
  efforts: [ANY_EFFORTS],
  tiers: [],
  cacheKey: false,
  padding: false,
  models: { live: [], deep: [] },
}

const PROVIDERS: readonly Provider[] = [
  OPENAI,
  {
    ...OPENAI,
    name: "azure",
    baseUrl: null,
    keyNames: ["AZURE_OPENAI_API_KEY"],
    lanes: false,
    steering: [],
    tiers: [],
    padding: false,
    models: { live: [], deep: [] },
  },
  {
    ...OPENAI,
    name: "xai",
    baseUrl: "https://api.x.ai/v1",
    keyNames: ["XAI_API_KEY"],
    lanes: false,
    maxAgeMs: 22 * MINUTE_MS,
    steering: [],
    efforts: [ANY_EFFORTS],
    tiers: [],
    padding: false,
    models: { live: ["grok-code-fast", "grok-4-fast"], deep: ["grok-4", "grok"] },
  },
  {
    ...OPENAI,
    name: "responses",
    baseUrl: null,
    keyNames: [],
    lanes: false,
    warmUp: false,
    efforts: [ANY_EFFORTS],
    steering: [],
    padding: false,
    models: { live: [], deep: [] },
  },
  CHAT,
  {
    ...CHAT,
    name: "cerebras",
    baseUrl: "https://api.cerebras.ai/v1",
    keyNames: ["CEREBRAS_API_KEY"],
    outputBound: "max_completion_tokens",
    cacheKey: true,
    models: { live: ["qwen-3.8", "gpt-oss", "qwen"], deep: ["gpt-oss", "qwen"] },
  },
  {
    ...CHAT,
    name: "groq",
    baseUrl: "https://api.groq.com/openai/v1",
    keyNames: ["GROQ_API_KEY"],
    outputBound: "max_completion_tokens",
    models: { live: ["openai/gpt-oss-20b", "qwen"], deep: ["openai/gpt-oss-120b", "qwen"] },
  },
  {
    ...CHAT,
    name: "llama.cpp",
    baseUrl: "http://127.0.0.1:8080/v1",
    dialects: { live: "infill", deep: "chat" },
  },
  {
    ...CHAT,
    name: "ollama",
    baseUrl: "http://127.0.0.1:11434/v1",
    dialects: { live: "ollama", deep: "chat" },
    efforts: [],
    models: { live: ["qwen2.5-coder", "qwen3-coder", "codestral", "starcoder2"], deep: ["qwen3-coder"] },
  },
  {
    ...CHAT,
    name: "mistral",
    baseUrl: "https://api.mistral.ai/v1",
    keyNames: ["MISTRAL_API_KEY", "CODESTRAL_API_KEY"],
    dialects: { live: "mistral", deep: "chat" },
    efforts: [],
    models: { live: ["codestral-latest", "codestral"], deep: ["devstral", "mistral-large"] },
  },
  {
    ...CHAT,
    name: "deepseek",
    baseUrl: "https://api.deepseek.com/v1",
    keyNames: ["DEEPSEEK_API_KEY"],
    dialects: { live: "suffix", deep: "chat" },
    efforts: [],
    models: { live: ["deepseek"], deep: ["deepseek"] },
  },
  { ...CHAT, name: "fim", dialects: { live: "template", deep: "chat" } },
]

/** The names that `providerNamed` knows, in the order to show them. */
export const PROVIDER_NAMES: readonly string[] = PROVIDERS.map(provider => provider.name)

/** The provider of that name, or null. */
export function providerNamed(name: string): Provider | null {
  return PROVIDERS.find(provider => provider.name === name) ?? null
}
