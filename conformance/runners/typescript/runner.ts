import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { clientOptions, type ProgramStep } from '../../src/program-step.ts';
import { digestOf, type ScenarioResult } from '../../src/result.ts';
import { Actor } from './actor.ts';

/*
 * Plays the clients of scenarios with the TypeScript SDK: node runner.ts SERVER-URL SCENARIO.json…
 * Prints a line of JSON for each: its name, what was seen, and the digest of that.
 */

/** How long a step of a program may take. */
const patienceMs = Number(process.env.CONFORMANCE_PATIENCE_MS ?? 5_000);
const [url = '', ...files] = process.argv.slice(2);

async function play(file: string): Promise<ScenarioResult> {
  const scenario = JSON.parse(readFileSync(file, 'utf8')) as { clients?: object; program: ProgramStep[] };
  const actors = Object.entries(scenario.clients ?? { main: {} }).map(
    ([name, options]) =>
      [name, new Actor(`${url}/${basename(file, '.json')}`, clientOptions.parse(options))] as const,
  );
  const outcomes: string[] = [];
  for (const step of scenario.program) {
    const [, actor] = actors.find(([name]) => step.by === undefined || step.by === name) ?? [];
    if (!actor) throw new Error(`no client is called ${step.by}`);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(resolve, patienceMs, 'TIMEOUT');
    });
    const outcome = await Promise.race([actor.perform(step), late]);
    clearTimeout(timer);
    outcomes.push(outcome);
    if (outcome === 'TIMEOUT') break;
  }
  return { outcomes, clients: Object.fromEntries(actors.map(([name, actor]) => [name, actor.finish()])) };
}

for (const file of files) {
  const result = await play(file);
  console.log(JSON.stringify({ name: basename(file, '.json'), digest: digestOf(result), result }));
}
