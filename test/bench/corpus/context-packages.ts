import type { PinnedPackage } from "./packages.ts"

/** Releases that only the context bench fetches: the checker that knows the truth, and the rest of three monorepos. */
export const CONTEXT_PINNED: readonly PinnedPackage[] = [
  {
    name: "typescript",
    version: "5.9.3",
    integrity:
      "sha512-jl1vZzPDinLr9eUt3J/t7V6FgNEw9QjvBPdysz9KfQDD41fQrC2Y4vKQdiaUpFT4bXlb1RHhLpp8wtm6M5TgSw==",
  },
  {
    name: "@tldraw/store",
    version: "5.2.5",
    integrity:
      "sha512-d3sWGoFH1j9jip71VdbVYQC5WLebn2ydo2n1BG3J+PhRhv7DGP9B1bojPUd9lEPBlB4VaS6/BmP4zyk/sLmAnw==",
  },
  {
    name: "@tldraw/state",
    version: "5.2.5",
    integrity:
      "sha512-fTn6YG6+MMlc3Rshb0/9k2YQ5TnKjy9FLwiGD7ph5maj9quSdpWQJNRgYxk7o2tRd/m7j+NhgylIb/F+2iKwbw==",
  },
  {
    name: "@tldraw/state-react",
    version: "5.2.5",
    integrity:
      "sha512-/DbTo2Oulg/ZlQwfqlyJq+rjpYBIdwl9iELB01ImQ3aDIfM5TEyabc65baj/eCW3UNlFwKVTRft9m5z4jlPbVw==",
  },
  {
    name: "@tldraw/tlschema",
    version: "5.2.5",
    integrity:
      "sha512-Oe9f1e0pcO6M42RVeBTAMqUXdWMJTeCFnM9DsBvJoY94ukIau5huUARAJ2mIV+oqUQS3pkDOrDz/L0KSN9+Eig==",
  },
  {
    name: "@tldraw/utils",
    version: "5.2.5",
    integrity:
      "sha512-8f2KqXVsPdXhZsGC2c1c+V19hpct7BQIcKnsq1b+zKUqDf7B/lNSHm/S63NeRhmsOTgzEIeOXVQYHX7OYXo2Xg==",
  },
  {
    name: "@tldraw/validate",
    version: "5.2.5",
    integrity:
      "sha512-FgFbMuKVdFUWyZFq0wr+ojZ/zeXlm4/Ed47duvYfDWoGkQ5r/j2q4vnfeB0MVyGHxGbvVMqDOgGbWPbCJoDspA==",
  },
  {
    name: "@trpc/client",
    version: "11.19.0",
    integrity:
      "sha512-0MKkPq6MejsKB5Opca1Rl22KVIaqo2+A1EiXyZ8EGUsl9TLrPdpGn+Usux20TZKFwnSC2+wI/WilqNJaP4ODfw==",
  },
  {
    name: "@trpc/react-query",
    version: "11.19.0",
    integrity:
      "sha512-TrqZBa/6weXX27mf0P2dMCI65duqO3B/wf9BkP1MezUWSUg7SRGJrIv6K8vjgjeHdafFBI1mmcqPEYXHF4AlVQ==",
  },
  {
    name: "@tanstack/react-query",
    version: "5.108.0",
    integrity:
      "sha512-DpMbB8pVorEZcsHRa0Z13KQGfmndqvJbuLy9h+xfP8XpuEZBOxzq+QfXGonQ0fAgRSWhc+QsfoRETSTWxAEAVw==",
  },
]
