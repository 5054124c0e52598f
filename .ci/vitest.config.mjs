import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // What the build puts in from package.json, for tests that run the program without building it.
  define: { K3S_LB_VERSION: JSON.stringify("0.0.0-test") },
  test: {
    dir: "test",
    // Left to itself, vitest takes a core less than there are, which is one file at a time on two cores. Many files only
    // wait for real HAProxies, sshd and terminals, so two at a time are no more than a small machine can do.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    exclude: ["**/node_modules/**", "test/bench/**"],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    restoreMocks: true,
    // Real HAProxies, checks and terminals keep their own time: on a machine busy with something else one may be late.
    // A test that fails twice has failed; one that needed both tries is named as such in the report.
    retry: process.env.CI === "true" ? 1 : 0,
    env: { FORCE_COLOR: "0", TZ: "UTC" },
  },
});
