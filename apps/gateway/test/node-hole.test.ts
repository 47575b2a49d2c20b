import { expect, test } from 'vitest';
import { nodeHole } from '../src/node-hole.ts';

test.each(['22.19.0', '22.22.1', '24.0.0', '24.14.0'])('[S2] Node %s has a hole that is told', (version) => {
  expect(nodeHole(version)).toMatch(/update it to 2[24]\.\d+\.\d+/);
});

test.each(['22.22.2', '22.23.0', '24.14.1', '24.20.0', '26.10.0'])(
  '[S2] Node %s has none we know',
  (version) => {
    expect(nodeHole(version)).toBeUndefined();
  },
);
