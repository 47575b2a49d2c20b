import { defineConfig } from 'vitest/config';
import LongestFirst from './scripts/longest-first.ts';

const patient = {
  ...{ environment: 'node', testTimeout: 120_000, hookTimeout: 120_000 },
  // What is waited for may take its time on a busy machine; a second, the default, is a measurement.
  expect: { poll: { timeout: 30_000 } },
} as const;

/**
 * Groups of projects run one after the other, so many files at a time: more than there are processors where they mostly wait.
 * Projects of one group must agree on how many.
 */
const inTurn = (groupOrder: number, maxWorkers: 1 | 2 | 3) => ({ maxWorkers, sequence: { groupOrder } });

/** Projects that run together: they mostly wait, for the starts of agents and for their own patience. */
const waiting = { maxWorkers: 6, sequence: { groupOrder: 4 } };

const newcomers = ['tests/sdks/*-newcomer.test.ts'];

export default defineConfig({
  test: {
    reporters: ['default', './scripts/plain-reporter.mjs'],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...patient,
          // Two of them at a time, and programs that they start, on a machine with two processors.
          ...inTurn(1, 2),
          name: 'unit',
          include: ['{packages,apps}/*/test/**/*.test.{ts,tsx}'],
        },
      },
      // The gateway as a process, with the demo agent.
      { test: { ...patient, ...inTurn(2, 3), name: 'gateway', include: ['tests/gateway/**/*.test.ts'] } },
      // The conformance kit against the gateway and every SDK whose language is here.
      {
        test: {
          ...patient,
          ...inTurn(3, 3),
          name: 'sdks',
          include: ['tests/sdks/**/*.test.ts'],
          exclude: newcomers,
        },
      },
      // What the documentation has people type. They build in this checkout: nothing else may run from it then.
      { test: { ...patient, ...inTurn(5, 1), name: 'newcomers', include: newcomers } },
      // The real agent CLIs against a loopback model, and a person in Chromium who uses them.
      { test: { ...patient, ...waiting, name: 'agents', include: ['tests/agents/**/*.test.ts'] } },
      {
        test: {
          ...patient,
          ...waiting,
          name: 'agents-browser',
          include: ['tests/agents-browser/**/*.test.ts'],
        },
      },
      // The web chat in Chromium.
      {
        test: {
          ...patient,
          ...inTurn(3, 3),
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
        },
      },
    ],
  },
});
