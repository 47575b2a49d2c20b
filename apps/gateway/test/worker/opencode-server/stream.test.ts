import { describe, expect, test } from 'vitest';
import { only, texts } from '../claude-code/replay.ts';
import { begin, childMessage, session, taskPart } from './begin.ts';
import { FakeServer } from './fake-server.ts';

describe('the stream of events', () => {
  test('[E2] words lost in a gap are told once the block is whole, and none twice', async () => {
    await using server = await FakeServer.open();
    const { agent, from, info, part, delta, finish } = await begin(server);
    await using _ = agent;
    delta('one ');
    await agent.next('message.delta', from);
    server.state.messages = [{ info: info(), parts: [part('')] }];
    server.state.status = { ses_1: { type: 'busy' } };
    server.cut();
    await server.opened(2);
    await server.request(/\/session\/status/);
    // "two " was said while nobody listened.
    delta('three ');
    server.say('message.part.updated', { part: part('one two three ', 8) });
    server.say('message.part.updated', { part: part('one two three ', 8) });
    finish();
    expect(texts(await agent.turnFrom(from))).toEqual(['one two three ']);
    expect(agent.all('message.end')).toHaveLength(1);
  });

  test('[E2] a block that began in a gap has its first words', async () => {
    await using server = await FakeServer.open();
    const { agent, from, info, part, delta, finish } = await begin(server);
    await using _ = agent;
    const other = (text: string, end?: number) => ({ ...part(text, end), id: 'prt_2' });
    server.state.messages = [{ info: info(), parts: [part('one ', 8), other('')] }];
    server.state.status = { ses_1: { type: 'busy' } };
    server.cut();
    await server.opened(2);
    await server.request(/\/session\/status/);
    // "two " was said while nobody listened.
    delta('three ', 'prt_2');
    server.say('message.part.updated', { part: other('two three ', 9) });
    finish();
    expect(texts(await agent.turnFrom(from))).toEqual(['one ', 'two three ']);
  });

  test('[E2] what comes while a gap is being filled waits for what was missed', async () => {
    await using server = await FakeServer.open();
    const { agent, from, info, part, finish } = await begin(server);
    await using _ = agent;
    server.state.messages = [{ info: info(), parts: [part('one ', 8)] }];
    server.state.status = { ses_1: { type: 'busy' } };
    const asked = server.heard.length;
    server.hold(/\/message/);
    server.cut();
    await server.request(/\/message/, asked);
    // The end of the turn is there before the words that were missed.
    finish();
    await server.quiet();
    expect(agent.all('done', from)).toEqual([]);
    server.release();
    const turn = await agent.turnFrom(from);
    expect(texts(turn)).toEqual(['one ']);
  });

  test('[E2] a sub-agent that ran in a gap is told before the end of its call', async () => {
    await using server = await FakeServer.open();
    const { agent, from, info, done } = await begin(server);
    await using _ = agent;
    server.state.messages = [{ info: info(done), parts: [taskPart(info().id)] }];
    server.state.children = { ses_child: [childMessage(info().id)] };
    server.cut();
    const turn = await agent.turnFrom(from);
    expect(texts(turn)).toEqual(['> Done it.']);
    const order = turn.map(({ type }) => type).filter((type) => /^(tool|message\.start|step)/.test(type));
    expect(order).toEqual(['tool_call', 'step', 'message.start', 'step', 'tool_result']);
  });

  test('[S2] a turn that ended in a gap without an answer has failed', async () => {
    await using server = await FakeServer.open();
    const { agent, from, prompt } = await begin(server, { silent: true });
    await using _ = agent;
    server.state.messages = [
      { info: { id: prompt, sessionID: 'ses_1', role: 'user', time: { created: 1 } }, parts: [] },
    ];
    server.cut();
    const turn = await agent.turnFrom(from);
    expect(only(turn, 'error')).toMatchObject([{ message: expect.stringContaining('without an answer') }]);
    expect(only(turn, 'done')).toMatchObject([{ success: false }]);
  });

  test('[S2] a turn that ended in a gap ends, with what was said in it', async () => {
    await using server = await FakeServer.open();
    const { agent, from, info, part, delta, done } = await begin(server);
    await using _ = agent;
    delta('one ');
    await agent.next('message.delta', from);
    server.state.messages = [{ info: info(done), parts: [part('one two ', 8)] }];
    server.cut();
    const turn = await agent.turnFrom(from);
    expect(texts(turn)).toEqual(['one two ']);
    expect(only(turn, 'done')).toMatchObject([{ success: true, stats: { stop_reason: 'end_turn' } }]);
  });

  test('[E4] a request made in a gap is asked, one decided in it is withdrawn', async () => {
    await using server = await FakeServer.open();
    const { agent, from } = await begin(server);
    await using _ = agent;
    const ask = (id: string) => ({
      ...{ id, ...session, permission: 'bash', patterns: ['ls'], metadata: {}, always: [] },
    });
    server.say('permission.asked', ask('per_1'));
    await agent.next('permission_request', from);
    server.state.permissions = [ask('per_2')];
    server.state.status = { ses_1: { type: 'busy' } };
    server.cut();
    await agent.next('interaction.withdrawn', from);
    expect(only(agent.events, 'permission_request').map(({ id }) => id)).toEqual(['per_1', 'per_2']);
    expect(only(agent.events, 'interaction.withdrawn')).toEqual([{ id: 'per_1' }]);
    agent.respond({ kind: 'permission', id: 'per_2', allowed: true, optionId: 'allow_session' });
    // "always" would hold for everybody in the folder.
    expect((await server.request(/per_2\/reply/)).body).toEqual({ reply: 'once' });
  });

  test('[E1] garbage, strangers and cut events do no harm', async () => {
    await using server = await FakeServer.open();
    const { agent, from, part, delta, finish } = await begin(server);
    await using _ = agent;
    server.write('data: {"payload":{"type":"session.idle"\n\n: comment\n\ndata: 42\n\nnonsense\n\n');
    server.say('no.such.event', { ...session, anything: true });
    server.say('message.part.delta', {
      sessionID: 'ses_of_somebody',
      messageID: 'm',
      partID: 'prt_1',
      delta: 'x',
    });
    delta('fine');
    server.say('message.part.updated', { part: part('fine', 8) });
    finish();
    expect(texts(await agent.turnFrom(from))).toEqual(['fine']);
  });

  test('[E1] a page in place of the stream is not taken for one', async () => {
    await using server = await FakeServer.open();
    server.state.pages = 2;
    await using agent = server.start();
    expect((await agent.next('worker.ready')).data.version).toBe('1.18.33');
    expect(server.heard.filter(({ path }) => path === '/global/event')).toHaveLength(3);
  });

  test('[B3] every request carries the password', async () => {
    await using server = await FakeServer.open();
    const { agent } = await begin(server);
    await using _ = agent;
    const expected = `Basic ${Buffer.from('opencode:secret').toString('base64')}`;
    expect(new Set(server.heard.map(({ authorization }) => authorization))).toEqual(new Set([expected]));
  });
});

describe('the process', () => {
  test('[S2] its crash is the exit of its workers, told once', async () => {
    await using server = await FakeServer.open();
    const { agent, from } = await begin(server);
    await using _ = agent;
    server.crash();
    expect(await agent.exit()).toMatchObject({ reason: 'killed', signal: 'SIGKILL' });
    expect(agent.all('done', from)).toEqual([]);
  });

  test('[S5] a conversation of this folder is gone on with', async () => {
    await using server = await FakeServer.open();
    await using agent = server.start({ resume: 'ses_1' });
    await agent.next('worker.ready');
    expect(agent.all('context.lost')).toEqual([]);
    expect(agent.session).toBe('ses_1');
  });

  test('[I5] a turn is aborted before its worker leaves', async () => {
    await using server = await FakeServer.open();
    const { agent, finish } = await begin(server);
    await using _ = agent;
    const stopping = agent.worker.stop();
    await server.request(/\/abort$/);
    finish();
    expect((await stopping).reason).toBe('stopped');
  });

  test('[G4] a prompt that waits for an abort is not sent once its worker has gone', async () => {
    await using server = await FakeServer.open();
    const { agent, finish } = await begin(server);
    server.hold(/\/abort$/);
    agent.worker.interrupt();
    await server.request(/\/abort$/);
    finish();
    await agent.next('done');
    const heard = server.heard.length;
    agent.prompt('and now?');
    await agent.worker.stop();
    server.release();
    await server.quiet();
    expect(server.heard.slice(heard).filter(({ path }) => path.endsWith('/prompt_async'))).toEqual([]);
  });

  test('[I5] the next prompt waits until an abort of the last turn has arrived', async () => {
    await using server = await FakeServer.open();
    const { agent, finish } = await begin(server);
    await using _ = agent;
    server.hold(/\/abort$/);
    agent.worker.interrupt();
    await server.request(/\/abort$/);
    finish();
    await agent.next('done');
    const heard = server.heard.length;
    agent.prompt('and now?');
    await server.quiet();
    expect(server.heard.slice(heard).filter(({ path }) => path.endsWith('/prompt_async'))).toEqual([]);
    server.release();
    expect(await server.request(/\/prompt_async$/, heard)).toMatchObject({ method: 'POST' });
  });
});
