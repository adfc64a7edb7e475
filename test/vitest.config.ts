import { defineConfig, type ViteUserConfig } from "vitest/config"

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/build.ts"],
    setupFiles: ["test/property-seed.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: "forks",
    // No test may write to, or be helped by, the user's own cache or settings.
    env: { PILOTLIGHT_CACHE: "off", XDG_CONFIG_HOME: "/nonexistent" },
  },
})

export default config
