#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { canPlay, type GatewayUnderTest, playAgainstGateway } from './gateway-player.ts';
import { runRunner } from './run-runner.ts';
import { loadScenarios } from './scenario.ts';

const usage = `hotplex-conformance gateway --url ws://HOST:PORT/ws --token KEY [--only NAME]
hotplex-conformance client [--only NAME] -- COMMAND [ARGUMENT…]
`;

/** Prints a line for each scenario and a last one, and ends with 1 when there was a problem. */
function report(verdicts: readonly { name: string; problems: readonly string[] }[], left: number): void {
  for (const { name, problems } of verdicts)
    console.log([`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${name}`, ...problems].join('\n     '));
  const failed = verdicts.filter(({ problems }) => problems.length > 0).length;
  console.log(`${verdicts.length - failed} passed, ${failed} failed, ${left} skipped`);
  process.exitCode = failed > 0 || verdicts.length === 0 ? 1 : 0;
}

function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${inWords(error.cause)}`;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { url: { type: 'string' }, token: { type: 'string' }, only: { type: 'string', multiple: true } },
});
const [mode, command, ...args] = positionals;
const scenarios = loadScenarios().filter(({ name }) => !values.only || values.only.includes(name));

if (mode === 'client' && command !== undefined) report(await runRunner(scenarios, { command, args }), 0);
else if (mode === 'gateway' && values.url !== undefined && values.token !== undefined) {
  const gateway: GatewayUnderTest = { url: values.url, token: values.token };
  const known = scenarios.filter(({ plays }) => plays.includes('gateway'));
  const played = known.filter((scenario) => canPlay(scenario, gateway));
  const verdicts: { name: string; problems: string[] }[] = [];
  for (const scenario of played) {
    const problems = await playAgainstGateway(scenario, gateway).then(
      () => [],
      (error: unknown) => [inWords(error)],
    );
    verdicts.push({ name: scenario.name, problems });
  }
  report(verdicts, known.length - played.length);
} else {
  console.error(usage);
  process.exitCode = 2;
}
