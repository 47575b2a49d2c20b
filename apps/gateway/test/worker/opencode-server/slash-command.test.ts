import fc from 'fast-check';
import { expect, test } from 'vitest';
import { policyOf } from '../../../src/worker/opencode-server/permission-policy.ts';
import { isOnlyWords, toSlashCommand } from '../../../src/worker/opencode-server/slash-command.ts';
import type { WorkerState } from '../../../src/worker/worker.ts';
import { RecordedWorker } from '../../contracts/recorded-worker.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { only, texts } from '../claude-code/replay.ts';
import { session } from './begin.ts';
import { FakeServer } from './fake-server.ts';

const isCommand = /^\/session\/ses_1\/command$/;

/** A conversation with an agent that has the command `review`, which was just given. */
async function give(server: FakeServer, start = () => server.start()) {
  server.state.commands = ['review'];
  const agent = start();
  await agent.next('worker.ready');
  const { from } = agent.prompt('/review the last commit');
  const { body } = await server.request(isCommand);
  return { agent, from, body };
}

/** What the server says of the answer to a prompt. */
function answer(server: FakeServer, prompt: unknown, words: string): void {
  const id = String(prompt).replace(/.$/, '~');
  const info = (more: object) => ({
    ...{ id, ...session, role: 'assistant', parentID: prompt, providerID: 'test', modelID: 'one' },
    ...more,
  });
  server.say('session.status', { ...session, status: { type: 'busy' } });
  server.say('message.updated', { info: info({ time: { created: 2 } }) });
  const part = { id: 'prt_1', messageID: id, ...session, type: 'text', text: words };
  server.say('message.part.updated', { part: { ...part, time: { start: 3, end: 4 } } });
  server.say('message.updated', { info: info({ time: { created: 2, completed: 5 }, finish: 'stop' }) });
  server.say('session.idle', session);
}

const plain = { name: 'greet', description: null, source: 'command', template: 'Greet $1 and `$2`' };
const context = { commands: new Set(['review', 'init']), policy: policyOf({}), system: undefined };
const of = (content: string, more: object = {}) =>
  toSlashCommand({ inputId: 'i', content }, { ...context, ...more });

test('[I5] what is a command of the agent is one, what only looks like it is words', () => {
  expect(of('/review')).toEqual({ command: 'review', arguments: '' });
  expect(of('/review  the\nlast one \n')?.arguments).toBe('the\nlast one');
  for (const words of ['/reviews', 'review', ' /review', '/', '/tmp/file', 'see /review'])
    expect(of(words)).toBeUndefined();
});

test('[E4] words that could run or read something while a command is read are words', () => {
  const hostile = ['!`git push`', '@~/.ssh/id_rsa', '@/etc/passwd', '$1', '$ARGUMENTS', '$&', '!', '`'];
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(...hostile),
      fc.string(),
      (one, evil, other) => {
        expect(of(`/review ${one}${evil}${other}`)).toBeUndefined();
        expect(of(`/init\n${evil}`)).toBeUndefined();
      },
    ),
  );
});

test('[E4] what a command would drop or go around is kept by a prompt of words', () => {
  expect(of('/review', { policy: policyOf({ permission_mode: 'plan' }) })).toBeUndefined();
  expect(of('/review', { policy: policyOf({ disallowed_tools: ['task'] }) })).toBeUndefined();
  expect(of('/review', { policy: policyOf({ disallowed_tools: ['bash'] }) })).toBeDefined();
  expect(of('/review', { system: 'Be brief.' })).toBeUndefined();
  const parts = [
    [{ type: 'text', text: 'Attached: a!`cmd`.pdf' }],
    [{ type: 'image', media_type: 'image/png', data: 'AAAA', name: 'a.png' }],
  ] as const;
  for (const some of parts)
    expect(toSlashCommand({ inputId: 'i', content: '/review', parts: some }, context)).toBeUndefined();
});

test('[B6] [E4] only words of OpenCode and of the operator are a command', () => {
  expect(isOnlyWords(plain)).toBe(true);
  const others = [
    ...['skill', 'mcp', null, undefined].map((source) => ({ source })),
    ...['See !`git log $1`', 'Wow!$1`git log`', 'Read @$1', 'Read @notes.txt', undefined, {}].map(
      (template) => ({ template }),
    ),
    ...[{ agent: 'deploy' }, { model: 'dear/one' }],
  ];
  for (const other of others) expect(isOnlyWords({ ...plain, ...other }), JSON.stringify(other)).toBe(false);
});

test('[I5] a command is carried out by the agent, and is a turn like others', async () => {
  await using server = await FakeServer.open();
  const { agent, from, body } = await give(server);
  await using _ = agent;
  expect(body).toMatchObject({ command: 'review', arguments: 'the last commit' });
  answer(server, body.messageID, 'It is fine.');
  const turn = await agent.turnFrom(from);
  expect(texts(turn)).toEqual(['It is fine.']);
  expect(only(turn, 'done')[0]?.success).toBe(true);
  expect(server.heard.some(({ path }) => path.endsWith('prompt_async'))).toBe(false);
});

test('[S2] [G4] a command that was begun goes on without its answer, and no gateway gives it twice', async () => {
  await using server = await FakeServer.open();
  server.hold(isCommand);
  const gateway = server.gateway();
  const { agent, from, body } = await give(
    server,
    () => new RecordedWorker(gateway, { workDir: server.folder }),
  );
  await using _ = agent;
  const unconfirmed = () => {
    const state = agent.worker.save?.();
    if (!state) throw new Error('nobody could go on from here');
    return (state.memory as { prompts: { unconfirmed: unknown[] } }).prompts.unconfirmed;
  };
  expect(unconfirmed()).toHaveLength(1);
  server.say('session.status', { ...session, status: { type: 'busy' } });
  await server.quiet();
  expect(unconfirmed()).toEqual([]);
  server.refuse(isCommand);
  server.release();
  await server.quiet();
  answer(server, body.messageID, 'It is fine.');
  expect(texts(await agent.turnFrom(from))).toEqual(['It is fine.']);
  await gateway.close();
});

test('[S2] a command that the agent refuses ends its turn with words', async () => {
  await using server = await FakeServer.open();
  server.refuse(isCommand);
  const { agent, from } = await give(server);
  await using _ = agent;
  const turn = await agent.turnFrom(from);
  expect(only(turn, 'error')[0]?.message).toContain('OpenCode did not take the prompt: no such command');
  expect(only(turn, 'done')[0]?.success).toBe(false);
});

test.each([true, false])(
  '[G4] the next gateway waits for a command that is no message yet; it comes: %s',
  async (comes) => {
    await using server = await FakeServer.open();
    server.hold(isCommand);
    const first = server.gateway();
    const { agent, body } = await give(server, () => new RecordedWorker(first, { workDir: server.folder }));
    const adopt: WorkerState = JSON.parse(JSON.stringify(agent.worker.save?.()));
    await first.close();
    server.cut();

    const clock = createManualClock();
    const second = server.gateway(clock);
    const from = server.heard.length;
    const next = new RecordedWorker(second, { workDir: server.folder, adopt });
    const looks = async (times: number) => {
      for (let at = from; times > 0; times -= 1) {
        const look = await server.request(/\/message\?/, at);
        at = server.heard.indexOf(look) + 1;
      }
    };
    await looks(1);
    if (comes) {
      const info = { id: body.messageID, ...session, role: 'user', time: { created: 1 } };
      server.state.messages = [{ info, parts: [] }];
      server.state.status = { ses_1: { type: 'busy' } };
    }
    const ended = Promise.race([next.next('worker.ready'), next.exit()]);
    let over = false;
    void ended.finally(() => (over = true));
    while (!over) {
      clock.advance(500);
      await server.quiet();
    }
    if (comes) {
      answer(server, body.messageID, 'It is fine.');
      expect(texts(await next.turnFrom(0))).toEqual(['It is fine.']);
    } else {
      expect(clock.elapsed()).toBeGreaterThanOrEqual(30_000);
      const { reason, message } = await next.exit();
      expect(reason).toBe('killed');
      expect(message).toContain('nobody knows whether the command /review was carried out');
    }
    const posted = server.heard.slice(from).filter(({ path }) => /prompt_async|_1.command/.test(path));
    expect(posted).toEqual([]);
    await second.close();
  },
);
