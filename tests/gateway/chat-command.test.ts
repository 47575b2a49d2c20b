import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AepClient } from '@hotplex/client-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canOpenTerminal, openTerminal } from '../support/command-terminal.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

const enter = '\r';
const ctrl = { c: '\x03', d: '\x04' };

let gateway: RunningGateway;
let home: string;
beforeAll(async () => {
  gateway = await startGateway();
  home = mkdtempSync(join(tmpdir(), 'hotplex-chat-'));
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  rmSync(home, { recursive: true });
});

const chat = (args: readonly string[] = [], env: Record<string, string> = {}) =>
  openTerminal(['chat', ...args], {
    cwd: home,
    env: { HOME: home, HOTPLEX_URL: gateway.url, HOTPLEX_KEY: apiKey, HOTPLEX_AGENT: 'demo', ...env },
  });

const history = () =>
  JSON.parse(readFileSync(join(home, '.local/state/hotplex/chat-history.json'), 'utf8')) as string[];

describe.runIf(canOpenTerminal)('hotplex chat in a terminal', () => {
  test('an answer in colours; permissions by a key, and with a reason; questions by their numbers', async () => {
    await using terminal = chat();
    await terminal.see('/help');
    terminal.type(`markdown${enter}`);
    await terminal.see('\x1b[1mbold\x1b[22m');
    await terminal.see('─');
    terminal.type(`permission${enter}`);
    await terminal.see('touch made-by-the-demo.txt');
    await terminal.see('[s] Allow for this session');
    terminal.type('r');
    await terminal.see('Why not?');
    terminal.type(`too late today${enter}`);
    await terminal.see('I did not run it: too late today');
    await terminal.see('─');
    terminal.type(`permission${enter}`);
    await terminal.see('[d]eny');
    terminal.type('s');
    await terminal.see('I will not ask again in this session');
    await terminal.see('─');
    terminal.type(`question${enter}`);
    await terminal.see('2. Blue');
    terminal.type(`2${enter}`);
    await terminal.see('3. Plum');
    terminal.type(`1,3${enter}`);
    await terminal.see('─');
    terminal.type(ctrl.d);
    expect(await terminal.ended).toBe(0);
    expect(terminal.shown).toMatch(/Blue/);
    expect(terminal.shown).toContain('goes on from here');
    // What answers is nothing to say again.
    expect(history()).toEqual(['question', 'permission', 'markdown']);
  });

  test('what is written when one goes, or has it cleared, is there again; several lines are one prompt', async () => {
    await using terminal = chat();
    await terminal.see('/help');
    terminal.type('not yet');
    await terminal.see('not yet');
    terminal.type(ctrl.c);
    terminal.type('\x1b[200~pasted one\r\npasted two\x1b[201~');
    await terminal.see('pasted one␤pasted two');
    terminal.type(enter);
    await terminal.see('─');
    terminal.type('half a thought');
    await terminal.see('half a thought');
    terminal.type(`${ctrl.c}${ctrl.c}`);
    await terminal.see('again, or /quit');
    terminal.type(ctrl.c);
    expect(await terminal.ended).toBe(0);
    expect(history().slice(0, 3)).toEqual(['half a thought', 'pasted one␤pasted two', 'not yet']);
  });

  test('Ctrl+C stops a turn; /commands are known, or corrected', async () => {
    await using terminal = chat();
    await terminal.see('/help');
    terminal.type(`/modle${enter}`);
    await terminal.see('did you mean /mode');
    terminal.type(`/model demo-slow${enter}`);
    terminal.type(`/model${enter}`);
    await terminal.see('demo-slow');
    terminal.type(`wait${enter}`);
    await terminal.see('I wait until');
    terminal.type(ctrl.c);
    await terminal.see('stopped');
    terminal.type(`/quit${enter}`);
    expect(await terminal.ended).toBe(0);
  });

  test('a gateway that comes back: it says so, and what was written meanwhile is sent, once', async () => {
    await using own = await startGateway();
    await using terminal = chat([], { HOTPLEX_URL: own.url });
    await terminal.see('/help');
    await own.kill();
    await terminal.see('The connection is lost');
    terminal.type(`remember tea${enter}`);
    await own.restart();
    await terminal.see('Connected.');
    await terminal.see('─');
    terminal.type(`recall${enter}`);
    await terminal.see('tea');
    terminal.type(`/quit${enter}`);
    expect(await terminal.ended).toBe(0);
  });

  test('--resume shows what was said, asks again what is open, and another may answer first', async () => {
    using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey });
    const { session_id: id } = await client.connect();
    await client.prompt('remember tea').done;
    const asked = Promise.withResolvers<string>();
    client.onEvent(({ event }) => {
      if (event.type === 'permission_request') asked.resolve(event.data.id);
    });
    const turn = client.prompt('permission');
    const request = await asked.promise;
    await using terminal = chat(['--resume', id.slice(0, 8)]);
    await terminal.see('remember tea');
    await terminal.see('[d]eny');
    await client.respondToPermission(request, { allowed: true });
    await terminal.see('would have run');
    expect((await turn.done).success).toBe(true);
    expect(terminal.shown).toContain('It is decided.');
    terminal.type(`/quit${enter}`);
    expect(await terminal.ended).toBe(0);
  });

  test.each([
    ['NO_COLOR', { NO_COLOR: '1', TERM: 'xterm' }],
    ['TERM=dumb', { TERM: 'dumb' }],
  ])('%s: no colours, and everything works', async (_, env) => {
    await using terminal = chat([], env);
    await terminal.see('/help');
    terminal.type(`markdown${enter}`);
    await terminal.see('**bold**');
    await terminal.see('─');
    terminal.type(`permission${enter}`);
    await terminal.see('[d]eny');
    terminal.type(env.TERM === 'dumb' ? `d${enter}` : 'd');
    await terminal.see('I did not run it');
    terminal.type(`/quit${enter}`);
    expect(await terminal.ended).toBe(0);
    expect(terminal.shown).not.toMatch(/\p{Cc}\[\d+m/u);
    if (env.TERM === 'dumb') expect(terminal.shown).not.toMatch(/(?![\r\n])\p{Cc}/u);
  });
});
