import { defineConfig } from "vitest/config";

// A busy machine makes what is awaited late, not wrong.
const expect = { poll: { timeout: 10_000 } };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          expect,
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
          expect,
          include: ["test/browser/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
