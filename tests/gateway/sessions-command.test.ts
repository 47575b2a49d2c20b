import { AepClient, SessionsApi } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const cli = (...args: string[]) =>
  runCli(['sessions', ...args], {
    ...{ home: gateway.workDir, env: { HOTPLEX_URL: gateway.url, HOTPLEX_KEY: apiKey } },
  });

async function talk(...prompts: string[]): Promise<string> {
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey });
  const { session_id: id } = await client.connect();
  for (const prompt of prompts) await client.prompt(prompt).done;
  return id;
}

test('from the list to the end of one: shown, named, exported, stopped, deleted', async () => {
  const id = await talk('remember tea', 'tool', 'retract');
  const short = id.slice(0, 8);
  expect((await cli('list')).out).toMatch(
    new RegExp(`^ID +AGENT +STATE +CHANGED +TITLE\\n(.*\\n)*${short} +demo +idle `),
  );
  expect(JSON.parse((await cli('list', '--json')).out)).toContainEqual(expect.objectContaining({ id }));
  expect((await cli('rename', short, 'Tea\u001b[31m time')).code).toBe(0);
  // What a title would do to a terminal it does not do.
  expect((await cli('show', short)).out).toMatch(/^title +Tea time$/m);
  expect(JSON.parse((await cli('show', short, '--json')).out)).toMatchObject({ id, worker_type: 'demo' });

  const { out: markdown } = await cli('export', short);
  expect(markdown).toMatch(/^# Tea/);
  expect(markdown).toContain('remember tea');
  const events = (await cli('export', id, '--format', 'jsonl')).out.trim().split('\n');
  expect(events.map((line) => JSON.parse(line).seq)).toEqual(events.map((_, at) => at + 1));

  expect((await cli('stop', short)).out).toContain('has ended');
  expect(JSON.parse((await cli('show', id, '--json')).out)).toMatchObject({ state: 'terminated' });
  const unsure = await cli('delete', short);
  expect(unsure).toMatchObject({ code: 2, err: expect.stringContaining('add --yes') });
  expect((await cli('delete', short, '--yes')).code).toBe(0);
  expect(await cli('show', short)).toMatchObject({
    code: 1,
    err: expect.stringContaining('there is no session'),
  });
});

test('a list has an end that is told; an id may be short, but not too short', async () => {
  await talk();
  await talk();
  const { out, err } = await cli('list', '--limit', '1');
  expect(out.trim().split('\n')).toHaveLength(2);
  expect(err).toContain('There are more');
  expect((await cli('list', '--limit', 'few')).code).toBe(2);
  expect((await cli('show', 'x')).err).toContain('there is no session x');
});

test('an archived one is in a list of its own, and is found by whoever names it', async () => {
  const id = await talk('remember rain');
  const short = id.slice(0, 8);
  const api = new SessionsApi({ url: gateway.url, auth: apiKey });
  await api.archive(id, true);
  expect((await cli('list', '--all')).out).not.toContain(short);
  expect((await cli('list', '--archived')).out).toContain(short);
  expect((await cli('show', short)).out).toMatch(/^state +\w+, archived$/m);
  expect((await cli('rename', short, 'Rain')).code).toBe(0);
  expect((await cli('export', id)).out).toContain('remember rain');
  // As hotplex chat --resume does it: a prompt takes it back.
  const again = await runCli(['run', '--session', short, 'hello'], {
    ...{ home: gateway.workDir, env: { HOTPLEX_URL: gateway.url, HOTPLEX_KEY: apiKey } },
  });
  expect(again.code).toBe(0);
  expect((await cli('list', '--archived')).out).not.toContain(short);
  await api.archive(id, true);
  expect((await cli('delete', short, '--yes')).code).toBe(0);
});

test('where no gateway runs there are none to list, and it says how to have one', async () => {
  const { code, err } = await runCli(['sessions', 'list'], { home: gateway.workDir });
  expect(err).toContain('hotplex gateway start -d');
  expect(code).toBe(4);
});
