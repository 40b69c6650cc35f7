import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/browser/**"],
          globalSetup: ["test/support/postgres.ts"],
          testTimeout: 20_000,
          hookTimeout: 30_000,
          // Nothing is mocked and no module keeps state, so files may share the loaded code.
          isolate: false,
          // Most of the time they wait for timers, disks and other processes.
          maxWorkers: 3,
        },
      },
      {
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
