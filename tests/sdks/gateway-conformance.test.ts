import { canPlay, loadScenarios, playAgainstGateway } from '@hotplex/conformance';
import { afterAll, beforeAll, test } from 'vitest';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway({ env: { HOTPLEX_LIMITS_KEY_INPUTS_PER_MINUTE: '1000' } });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const underTest = () => ({
  ...{ url: `ws://127.0.0.1:${gateway.port}/ws`, token: apiKey, restart: () => gateway.restart() },
});
const played = loadScenarios().filter((scenario) => canPlay(scenario, { restart: async () => {} }));

test.each(played)('$numbers the gateway in $name', (scenario) => playAgainstGateway(scenario, underTest()));
