import { canPlay, loadScenarios, playAgainstGateway, type Scenario } from '@hotplex/conformance';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiKey, openTwoNodes, type TwoNodes } from '../../apps/gateway/test/cluster/two-nodes.ts';

let nodes: TwoNodes;
beforeAll(async () => {
  nodes = await openTwoNodes({ settings: { limits: { key_inputs_per_minute: 1_000 } } });
});
afterAll(() => nodes[Symbol.asyncDispose]());

const underTest = () => ({
  ...{ url: `ws://127.0.0.1:${nodes.port}/ws`, token: apiKey, restart: () => nodes.restartOwner() },
});

/** With a key for each session that has none: a new one without is worked for where its client is. */
const elsewhere = (scenario: Scenario): Scenario => ({
  ...scenario,
  wire: scenario.wire.map((step) =>
    'client' in step && step.client === 'init'
      ? { ...step, data: { session_id: 'elsewhere', ...step.data } }
      : step,
  ),
});

/** Whether somebody with a key gets into a session in it. */
const isLetIn = ({ wire }: Scenario) =>
  wire.some((step) => 'client' in step && step.client === 'init') &&
  wire.some((step) => 'server' in step && step.server === 'init_ack' && step.data?.code === undefined);

const played = loadScenarios().filter((scenario) => canPlay(scenario, { restart: async () => {} }));

test.each(played)('$numbers a gateway whose sessions are at another node in $name', async (scenario) => {
  const before = nodes.opened;
  await playAgainstGateway(elsewhere(scenario), underTest());
  if (isLetIn(scenario)) expect(nodes.opened).toBeGreaterThan(before);
});
