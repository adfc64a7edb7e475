import { CONTEXT_PINNED } from "./context-packages.ts"

/** One release of an npm package that ships its sources. */
export interface PinnedPackage {
  readonly name: string
  readonly version: string
  /** What npm's registry published for the tarball: `sha512-` and base64. */
  readonly integrity: string
}

/** Two releases of one package, for replay. */
export interface PinnedPair {
  readonly name: string
  readonly before: string
  readonly after: string
}

/** Packages whose replay gives the scored figures. Never learned from. */
export const SCORED_PAIRS: readonly PinnedPair[] = [
  { name: "effect", before: "3.17.0", after: "3.21.4" },
  { name: "rxjs", before: "7.0.0", after: "7.8.1" },
  { name: "@tanstack/router-core", before: "1.171.0", after: "1.171.39" },
  { name: "@trpc/server", before: "11.0.0", after: "11.19.0" },
  { name: "@tldraw/editor", before: "4.5.12", after: "5.2.5" },
]

/** Packages that are neither learned from nor looked at while the engine is built: they show what was tuned to the scored ones. */
export const HELD_BACK_PAIRS: readonly PinnedPair[] = [
  { name: "@tanstack/query-core", before: "5.100.14", after: "5.108.0" },
  { name: "@wagmi/core", before: "3.0.0", after: "3.6.5" },
  { name: "mobx", before: "6.13.0", after: "7.1.3" },
]

/** Packages from which the engine's constants are learned. Never scored. */
export const TRAINING_PAIRS: readonly PinnedPair[] = [
  { name: "zod", before: "4.3.6", after: "4.6.7" },
  { name: "puppeteer-core", before: "25.0.4", after: "25.16.0" },
  { name: "@tiptap/core", before: "3.22.1", after: "3.34.0" },
  { name: "@reduxjs/toolkit", before: "2.2.8", after: "2.14.0" },
  { name: "@deck.gl/core", before: "9.0.0", after: "9.4.0" },
  { name: "ai", before: "6.0.100", after: "6.0.326" },
  { name: "@uppy/core", before: "5.0.0", after: "6.3.1" },
  { name: "maplibre-gl", before: "5.10.0", after: "6.17.0" },
  { name: "viem", before: "2.40.0", after: "2.57.20" },
]

/** Releases that together hold at least 20 MB of sources. */
export const LARGE_PROJECT: readonly string[] = [
  ...["effect@3.21.4", "viem@2.57.20", "maplibre-gl@6.17.0", "openai@6.49.0", "tldraw@5.2.5", "zod@4.6.7"],
  ...["@tldraw/editor@5.2.5", "puppeteer-core@25.16.0", "ai@6.0.326", "@tiptap/core@3.34.0"],
]

/** Releases that together hold at least 5,000 files. */
export const MANY_FILES: readonly string[] = [
  ...LARGE_PROJECT,
  ...["rxjs@7.8.1", "@wagmi/core@3.6.5", "@deck.gl/core@9.4.0", "@uppy/core@6.3.1", "mobx@7.1.3"],
  ...["@reduxjs/toolkit@2.14.0", "@tanstack/router-core@1.171.39", "@trpc/server@11.19.0"],
]

/** Releases that together make a project of a little over 1,000 files. */
export const MIDDLE_PROJECT: readonly string[] = ["tldraw@5.2.5", "effect@3.21.4", "@tldraw/editor@5.2.5"]

/** Every release that a bench may fetch. */
export const PINNED: readonly PinnedPackage[] = [
  ...CONTEXT_PINNED,
  {
    name: "effect",
    version: "3.17.0",
    integrity:
      "sha512-szMlUsbPhP9lsrU+sDPXL9pQT2ew8PhcZvPm0p5dzYFbc+Jn/lH2i5thtmPQdm6Ut1rS4fS67SbuG7Qm0E0oZA==",
  },
  {
    name: "effect",
    version: "3.21.4",
    integrity:
      "sha512-B89v/xSgPbl1J2Ai2u18jxq3odpFauU1rC6/eSs4FeNHi72kwKdJp12VGigvRV2lK+kRnx+OOz41XV8guZd4gQ==",
  },
  {
    name: "rxjs",
    version: "7.0.0",
    integrity:
      "sha512-I1V/ArAtGJg4kmCfms8fULm0SwYgEsAf2d5WPCBGzTYm2qTjO3Tx4EDFaGjbOox8CeEsC69jQK22mnmfyA26sw==",
  },
  {
    name: "rxjs",
    version: "7.8.1",
    integrity:
      "sha512-AA3TVj+0A2iuIoQkWEK/tqFjBq2j+6PO6Y0zJcvzLAFhEFIO3HL0vls9hWLncZbAAbK0mar7oZ4V079I/qPMxg==",
  },
  {
    name: "@tanstack/router-core",
    version: "1.171.0",
    integrity:
      "sha512-40RHf0YtI+Zf4M672G+r//N+o7SODzEByI8AgM/z+VNFmVwW7K+qbulOrh/xuzMclhAcm4WuIXhtvfWz/p2FAQ==",
  },
  {
    name: "@tanstack/router-core",
    version: "1.171.39",
    integrity:
      "sha512-qUhoJ0meuSUqGYQbHbcJYdASr06YtK+bulbj6vtrhKYFkLgkSsZ6tXmMyym7sFxiSJSPYgasgozrL01LyyR/6A==",
  },
  {
    name: "@tanstack/query-core",
    version: "5.100.14",
    integrity:
      "sha512-5X41dGpxgeaHISCRW2oYwcSycZeULZzAunaudXT9ov1KOTj9xwt0CH6hbwqP1/z74ZWF7rYFnDpyYH07XFcZew==",
  },
  {
    name: "@tanstack/query-core",
    version: "5.108.0",
    integrity:
      "sha512-X9zJUtEV/0D2q9pmGS/Bza8S4bNovSBhZOtdhtu0fzsHwizC6C+Eh/q5CX3MQBchsRMrirWVQmv7Fp4OStzV9g==",
  },
  {
    name: "@trpc/server",
    version: "11.0.0",
    integrity:
      "sha512-xY9q/b/wR/tWGYTm5xmRjivkYD2EZZXmOKmHuNJRYZuLbieeNUsdfQRjJC409WB1pjKWInomhHwuA8bahZJ4lQ==",
  },
  {
    name: "@trpc/server",
    version: "11.19.0",
    integrity:
      "sha512-7C1goiDurz82yFKtZUbEzjXd0Rg/jyisaIZQhdvus+1l7E6mwcEYZXjZ1US/HF8kOyz1LERL8UN3bcboJtjcyQ==",
  },
  {
    name: "@tldraw/editor",
    version: "4.5.12",
    integrity:
      "sha512-7t5goTeXsf/sH3+IPSJ3eKrkah5wfdRvHyXdAHFRPOrRgQwepCH7BWfzeWDxi26KDUF8wHEIp/yf6PLUWQFjyQ==",
  },
  {
    name: "@tldraw/editor",
    version: "5.2.5",
    integrity:
      "sha512-/2aIuOLik7+tIzdmnjZ5XuxPRfSzZnNXVbxqCiFIVgbwe1W4jwm2lr2K4EpGduzdnbTNNvh6nPDJGg/jamAvnA==",
  },
  {
    name: "tldraw",
    version: "5.2.5",
    integrity:
      "sha512-bTnOkeZhi+RgdHXPjxp0/nG6kbXzLC8ZlwNMpmGjWjT2Oel6uaJWni7PxFPIK4p2zInmnRamdU06ArDStLvPag==",
  },
  {
    name: "zod",
    version: "4.3.6",
    integrity:
      "sha512-rftlrkhHZOcjDwkGlnUtZZkvaPHCsDATp4pGpuOOMDaTdDDXF91wuVDJoWoPsKX/3YPQ5fHuF3STjcYyKr+Qhg==",
  },
  {
    name: "zod",
    version: "4.6.7",
    integrity:
      "sha512-g8W2D2kU6a8untc053fX1uVBKzM7yqAxW/3zwk83+6RyF2+SKOuV+c0wBDhUwzV1PaGapmZH+rmcUzPf+3CGwg==",
  },
  {
    name: "puppeteer-core",
    version: "25.0.4",
    integrity:
      "sha512-K1LQKDP6w1rIr1jUyN9obH16TO/DCy86k3q+FBd2prGY+TStxhFySxmaZZuRF+0D3BJXjwCYFke7tMHCH4olTA==",
  },
  {
    name: "puppeteer-core",
    version: "25.16.0",
    integrity:
      "sha512-VA5Pf54N8shfopNkZZXCdiiwfnnY8ZJYAMqFQRhlH5mGUhfwf53Ar770GPtdpTDLUqvQeYpIBtC9/G2Jij2IJw==",
  },
  {
    name: "@tiptap/core",
    version: "3.22.1",
    integrity:
      "sha512-6wPNhkdLIGYiKAGqepDCRtR0TYGJxV40SwOEN2vlPhsXqAgzmyG37UyREj5pGH5xTekugqMCgCnyRg7m5nYoYQ==",
  },
  {
    name: "@tiptap/core",
    version: "3.34.0",
    integrity:
      "sha512-PwpE5MAXt586AxIO5bW2RyJ3OUXdPfG5M1M5v/LIMCkDwIgRKegx8uERlABoI6575mWqaH/P6Xm+tequJ5UUnw==",
  },
  {
    name: "@reduxjs/toolkit",
    version: "2.2.8",
    integrity:
      "sha512-eK/ieXftPRQfaBSmzsamXEyDwkntMTY0e9SG5ETsEOv5JIPKhu3mj992t6B8FJjlnSrZBAAqdT8oMkPe4j+P9g==",
  },
  {
    name: "@reduxjs/toolkit",
    version: "2.14.0",
    integrity:
      "sha512-m/PxMwRe0xLL6XUsAgy0YjInklHcfi9uMwFhJk+QINqjxqPvyc89T5cMjszA5bDmTE0gwGc7zr9LRO4gL+mhaw==",
  },
  {
    name: "@deck.gl/core",
    version: "9.0.0",
    integrity:
      "sha512-o3Ica4ZUU+dHAJ3v5BXorzg90xy9THLWiZQ/v4kZHat050EfFT8ZAPWwL0xS9M0DBvY4ikcZjTtcBtsh+KGm0A==",
  },
  {
    name: "@deck.gl/core",
    version: "9.4.0",
    integrity:
      "sha512-0isP+x2eGNxteO7lT650lYO7oiAYXAu4aF1jG+BMi8aKYh38HtPugLq1TlQTravIXzBSi5Oe1oZNuVj8h4ZEjA==",
  },
  {
    name: "ai",
    version: "6.0.100",
    integrity:
      "sha512-BIxhG7M7wvcWCF+IEnZi7WpkRLOM3jR2vJ0mMuohl2UB2i1R/ZUa1cHFel1xI8nWvyUpOoQXKqsM0BAH50EYSQ==",
  },
  {
    name: "ai",
    version: "6.0.326",
    integrity:
      "sha512-8l+12hhRUYQGSz7Du2svHqjhIdWv6PXEOAk/rg11TtMXR+3FOzrqm4rAHmup4V94utdPct7EWMfV9M+ncKYd8g==",
  },
  {
    name: "@uppy/core",
    version: "5.0.0",
    integrity:
      "sha512-UfpissvsoT0/tZJCsqLMEjFUEmLtx4wfKI4NHrHY6jLBdbe/YEmGe3OyeATK3n9yLFppwqtrOEDOpR4AodyCww==",
  },
  {
    name: "@uppy/core",
    version: "6.3.1",
    integrity:
      "sha512-yIhg41/2RHzyZcxCW0Ta81JyveCGoiBpWozpXRJSjsr4Xip61mzFgPyUEeb0VCLKprK4m8xiJyr2nJqnZwgcww==",
  },
  {
    name: "maplibre-gl",
    version: "5.10.0",
    integrity:
      "sha512-eLhlX8Fnpaoo7+uGqggZmXmZld6WrbzOJUPB7G8JB8XpminlTnrQTtXilMHduR8fsNVxrzD8yRRqEoajONc8LQ==",
  },
  {
    name: "maplibre-gl",
    version: "6.17.0",
    integrity:
      "sha512-2chIZwpLGenoUQOcnm9Pk4SLbA8ppNFq8jlpXiq9vcYm3Y1wJ3fc82FL0GLwBaPYJCLzPv/mC46KEupVov75rQ==",
  },
  {
    name: "viem",
    version: "2.40.0",
    integrity:
      "sha512-Y5XoBUzkNiIGfIR+Y7uD6e4xFDsdzR4PgxWgUwSPcRUq86XI+bxZjvvrYU/s+amgt1LpOvvIMdmgQ8+ZIaNi0g==",
  },
  {
    name: "viem",
    version: "2.57.20",
    integrity:
      "sha512-LSvREzKT7xFXpmxW2YFJ/OtcZRkSGLp5zywSgadBf0qQCeqh2+FxHHWyrS2zEG7ZfBWQQvk8HI1i4HPzSMD14g==",
  },
  {
    name: "mobx",
    version: "6.13.0",
    integrity:
      "sha512-1laWODrBWmB7mDJ8EClCjUQTyLwJ0ydJgE4FtK7t9r3JnjXgc9OhmYs2P4RtHrY1co5+4T6cKP2UswX2SU29mA==",
  },
  {
    name: "mobx",
    version: "7.1.3",
    integrity:
      "sha512-H2NcS5ylMsqYn7v4WpSdzv5YWPmw5XTV6pG2NvY0qYbh95FXbswZJ7pn7wU0rOtUvRzk+3t4AOX2eircoN+vBg==",
  },
  {
    name: "@wagmi/core",
    version: "3.0.0",
    integrity:
      "sha512-wOn8jwB9GNYTdrc4CP/huf1aAhDoQ5GKl5OhxGBZx9X4qE+wReW05dTcurEc+XBl9B/ZVis2JdXVU3ZiYqyS8Q==",
  },
  {
    name: "@wagmi/core",
    version: "3.6.5",
    integrity:
      "sha512-zfKvLNT1V1+/RgrrUcRvteKx+V+Iv9ZHPWseIVKFA9mX5WE0H8J6zWZGWXSQCKbz5xGSUoatNFCkNFSzqQp+AA==",
  },
  {
    name: "openai",
    version: "6.49.0",
    integrity:
      "sha512-aYCc0C6L864eR6WSYIwQGyXriw/nIyZx0ObvhzOEVuk0zoBDpynjSbrionWI7q65B5H8jJX0DXR9snEzM6bfPg==",
  },
  {
    name: "three",
    version: "0.187.0",
    integrity:
      "sha512-Qiu7R+Cmh8CstZsY1uJOSWnVlfo7ZtNLV7mF8Jltk3LB3AtDu9cRZlcnRKkAk8Y4z6KKw35z7Y7Urd7jWY8etA==",
  },
]
