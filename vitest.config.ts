import { defineConfig } from 'vitest/config';

const slow = {
  environment: 'node',
  testTimeout: 60_000,
  hookTimeout: 60_000,
  fileParallelism: false,
} as const;

export default defineConfig({
  test: {
    reporters: ['default', './scripts/plain-reporter.mjs'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{packages,apps}/*/test/**/*.test.{ts,tsx}'],
          environment: 'node',
          testTimeout: 20_000,
        },
      },
      // The gateway as a process, with the demo agent.
      { test: { ...slow, name: 'gateway', include: ['tests/gateway/**/*.test.ts'] } },
      // The real agent CLIs against a loopback model.
      { test: { ...slow, name: 'agents', include: ['tests/agents/**/*.test.ts'] } },
      // The web chat in Chromium.
      { test: { ...slow, name: 'browser', include: ['tests/browser/**/*.test.ts'] } },
    ],
  },
});
