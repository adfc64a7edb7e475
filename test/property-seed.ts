import fc from "fast-check"

// One seed for every run, so that a change is judged by what it changes; PILOTLIGHT_SEED looks elsewhere.
fc.configureGlobal({ seed: Number(process.env["PILOTLIGHT_SEED"] ?? 20_261_120) })
