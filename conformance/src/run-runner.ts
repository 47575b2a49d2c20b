import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { openReferenceServer } from './reference-server.ts';
import { canonicalJson, digestOf, resultOfClient } from './result.ts';
import type { Scenario } from './scenario.ts';

const line = z.object({
  name: z.string(),
  digest: z.string(),
  result: z.object({ outcomes: z.array(z.string()), clients: z.record(z.string(), resultOfClient) }),
});

/** How an SDK did in one scenario; no problems means that it conforms. */
export type Verdict = { name: string; problems: string[]; result?: z.infer<typeof line>['result'] };

/** The program that stands for an SDK; the address of the server and the scenario files are added to its arguments. */
export type Runner = { command: string; args: readonly string[]; env?: NodeJS.ProcessEnv };

const fileOf = (name: string) => fileURLToPath(new URL(`../scenarios/${name}.json`, import.meta.url));

/** Plays every scenario for clients against the program that stands for an SDK. */
export async function runRunner(scenarios: readonly Scenario[], runner: Runner): Promise<Verdict[]> {
  const played = scenarios.filter(({ plays }) => plays.includes('client'));
  await using server = await openReferenceServer(played);
  const files = played.map(({ name }) => fileOf(name));
  const { stdout, failure } = await output(runner, [server.url, ...files]);
  const lines = new Map(
    stdout
      .split('\n')
      .filter((text) => text.startsWith('{'))
      .map((text) => line.parse(JSON.parse(text)))
      .map((said) => [said.name, said]),
  );
  return played.map((scenario) => {
    const said = lines.get(scenario.name);
    if (!said) return { name: scenario.name, problems: [`the runner said nothing of it${failure}`] };
    const problems = server.report(scenario.name) ?? ['the client never came'];
    return { name: scenario.name, problems: [...problems, ...compare(scenario, said)], result: said.result };
  });
}

function compare({ expect }: Scenario, { digest, result }: z.infer<typeof line>): string[] {
  if (digest !== digestOf(result)) return ['the digest is not that of the result'];
  if (!expect) return ['the scenario does not say what is to be seen'];
  if (digest === digestOf(expect)) return [];
  return [`seen:     ${canonicalJson(result)}`, `expected: ${canonicalJson(expect)}`];
}

async function output({ command, args, env }: Runner, more: readonly string[]) {
  const child = spawn(command, [...args, ...more], {
    env: env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise<number | string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (exitCode) => resolve(exitCode ?? 'a signal'));
  });
  return { stdout, failure: code === 0 ? '' : `: it ended with ${code}\n${stderr.slice(-2_000)}` };
}
