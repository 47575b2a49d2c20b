import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { refuseOldNode } from '../src/refuse-old-node.ts';

test.each(['18.20.4', '20.20.2', '22.18.0'])('Node %s is refused, with the one that is needed', (version) => {
  const [needed = ''] = /\d+\.\d+/.exec(manifest.engines.node) ?? [];
  expect(refuseOldNode(version)).toContain(`Node ${needed} or newer, and this is ${version}`);
});

test.each(['22.19.0', '24.0.0', '26.10.0'])('Node %s is good', (version) => {
  expect(refuseOldNode(version)).toBeUndefined();
});
