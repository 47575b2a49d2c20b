import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { WorkerEvent, WorkerState } from '../../../src/worker/worker.ts';
import { RecordedWorker } from '../../contracts/recorded-worker.ts';
import { only, texts } from '../claude-code/replay.ts';
import { begin, childMessage, session, taskPart } from './begin.ts';
import { FakeServer } from './fake-server.ts';

const ask = (id: string) => ({
  ...{ id, ...session, permission: 'bash', patterns: ['ls'], metadata: {}, always: [] },
});

/** A session in the newest of several gateways, with one server that lives through all of them. */
class Life implements AsyncDisposable {
  readonly server: FakeServer;
  #gateway;
  #agent: RecordedWorker;
  /** What was told by gateways that are gone. */
  readonly #told: WorkerEvent[] = [];

  private constructor(server: FakeServer) {
    this.server = server;
    this.#gateway = server.gateway();
    this.#agent = new RecordedWorker(this.#gateway, { workDir: server.folder });
  }

  static async open(): Promise<Life> {
    return new Life(await FakeServer.open());
  }

  get agent(): RecordedWorker {
    return this.#agent;
  }

  get events(): WorkerEvent[] {
    return [...this.#told, ...this.#agent.events];
  }

  /** As the store keeps it. */
  save(): WorkerState {
    const state = this.#agent.worker.save?.();
    if (!state) throw new Error('nobody could go on from here');
    return JSON.parse(JSON.stringify(state));
  }

  /** The gateway is gone: nobody listens. */
  async die(): Promise<WorkerState> {
    const state = this.save();
    await this.#gateway.close();
    this.server.cut();
    return state;
  }

  /** Another one goes on. */
  next(adopt: WorkerState): RecordedWorker {
    this.#told.push(...this.#agent.events);
    this.#gateway = this.server.gateway();
    this.#agent = new RecordedWorker(this.#gateway, { workDir: this.server.folder, adopt });
    return this.#agent;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#agent.worker.stop();
    await this.#gateway.close();
    await this.server[Symbol.asyncDispose]();
  }
}

describe('a conversation in the next gateway', () => {
  test('[G8] [E2] a block that was half told is told to its end, and nothing twice', async () => {
    await using life = await Life.open();
    const { server, agent } = life;
    const turn = await begin(server, { agent });
    turn.delta('one ');
    await agent.next('message.delta');
    const left = await life.die();
    turn.delta('two ');
    server.state.messages = [{ info: turn.info(), parts: [turn.part('')] }];
    server.state.status = { ses_1: { type: 'busy' } };
    const next = life.next(left);
    await next.next('worker.ready');
    await server.request(/\/session\/status/);
    turn.delta('three ');
    server.say('message.part.updated', { part: turn.part('one two three ', 8) });
    turn.finish();
    await next.next('done');
    expect(texts(life.events)).toEqual(['one two three ']);
    expect(only(life.events, 'message.start')).toHaveLength(1);
    expect(only(life.events, 'done')).toMatchObject([{ success: true, input_ids: ['input-1'] }]);
    expect(only(life.events, 'worker.session')).toHaveLength(1);
  });

  test('[G8] a turn that ended while there was no gateway ends, with a sub-agent that ran meanwhile', async () => {
    await using life = await Life.open();
    const { server, agent } = life;
    const turn = await begin(server, { agent });
    turn.delta('one ');
    await agent.next('message.delta');
    const left = await life.die();
    const { id } = turn.info();
    server.state.messages = [{ info: turn.info(turn.done), parts: [turn.part('one two ', 8), taskPart(id)] }];
    server.state.children = { ses_child: [childMessage(id)] };
    await life.next(left).next('done');
    expect(texts(life.events)).toEqual(['one two ', '> Done it.']);
    expect(only(life.events, 'tool_result')).toMatchObject([{ id: 'call_t', output: 'Done it.' }]);
    expect(only(life.events, 'done')).toMatchObject([{ success: true, stats: { tool_calls: 1 } }]);
  });

  test('[E4] what is still asked can be answered, and what is not any more is withdrawn', async () => {
    await using life = await Life.open();
    const { server, agent } = life;
    await begin(server, { agent });
    server.say('permission.asked', ask('per_1'));
    server.say('permission.asked', ask('per_2'));
    await agent.until('both', () => agent.all('permission_request')[1]);
    const left = await life.die();
    server.state.permissions = [ask('per_2'), ask('per_3')];
    server.state.status = { ses_1: { type: 'busy' } };
    const next = life.next(left);
    await next.next('interaction.withdrawn');
    expect(only(next.events, 'permission_request').map(({ id }) => id)).toEqual(['per_3']);
    expect(only(next.events, 'interaction.withdrawn')).toEqual([{ id: 'per_1' }]);
    next.respond({ kind: 'permission', id: 'per_2', allowed: true });
    expect((await server.request(/per_2\/reply/)).body).toEqual({ reply: 'once' });
  });

  test('[E4] an answer that may not have arrived is given again', async () => {
    await using life = await Life.open();
    const { server, agent } = life;
    await begin(server, { agent });
    server.say('permission.asked', ask('per_1'));
    await agent.next('permission_request');
    server.state.deaf = true;
    const answer = { kind: 'permission', id: 'per_1', allowed: true } as const;
    agent.respond(answer);
    await server.request(/per_1\/reply/);
    const left = await life.die();
    server.state.deaf = false;
    server.state.permissions = [ask('per_1')];
    server.state.status = { ses_1: { type: 'busy' } };
    const from = server.heard.length;
    // As the session does, before the server can be asked anything.
    life.next(left).respond(answer);
    expect((await server.request(/per_1\/reply/, from)).body).toEqual({ reply: 'once' });
  });

  test.each([false, true])(
    '[G4] a prompt is with the agent once, whether it arrived: %s',
    async (arrived) => {
      await using life = await Life.open();
      const { server, agent } = life;
      await agent.next('worker.ready');
      server.state.deaf = true;
      agent.prompt('hello');
      const sent = await server.request(/prompt_async/);
      const left = await life.die();
      server.state.deaf = false;
      const info = { id: sent.body.messageID, ...session, role: 'user', time: { created: 1 } };
      server.state.messages = arrived ? [{ info, parts: [] }] : [];
      server.state.status = { ses_1: { type: 'busy' } };
      const from = server.heard.length;
      await life.next(left).next('worker.ready');
      await server.request(/\/session\/status/, from);
      const again = server.heard.slice(from).filter(({ path }) => /prompt_async/.test(path));
      expect(again.map(({ body }) => body)).toEqual(arrived ? [] : [sent.body]);
    },
  );
});

describe('the server in the next gateway', () => {
  test('[B3] its password lies in a private file, and neither in arguments nor in what is remembered', async () => {
    await using life = await Life.open();
    await life.agent.next('worker.ready');
    const file = join(life.server.folder, 'address.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { password } = JSON.parse(readFileSync(file, 'utf8'));
    expect(password.length).toBeGreaterThan(16);
    expect(JSON.stringify(life.save())).not.toContain(password);
    expect(life.server.spawned[0]?.args.join()).not.toContain(password);
  });

  test('[S2] it is taken over once, for all its sessions, and ended when none goes on', async () => {
    await using server = await FakeServer.open();
    const workDir = server.folder;
    const first = server.gateway();
    const sessions = [1, 2].map(() => new RecordedWorker(first, { workDir }));
    await Promise.all(sessions.map((agent) => agent.next('worker.ready')));
    const states = sessions.map(({ worker }): WorkerState => JSON.parse(JSON.stringify(worker.save?.())));
    await first.close();

    const second = server.gateway();
    const foreign = { ...states[0], memory: 'of tomorrow' } as WorkerState;
    const refused = new RecordedWorker(second, { workDir, adopt: foreign });
    const joined = new RecordedWorker(second, { workDir, adopt: states[1] });
    expect((await refused.exit()).message).toContain('another version');
    await joined.next('worker.ready');
    expect(server.spawned.map(({ adopt }) => adopt?.handle.mark)).toEqual([undefined, 'mark']);
    expect(joined.exits).toEqual([]);
    await second.close();

    const third = server.gateway();
    const last = new RecordedWorker(third, { workDir, adopt: foreign });
    expect((await last.exit()).reason).toBe('start-failed');
    expect(third.serverPid).toBeUndefined();
  });

  test('[S2] [B3] within walls each work dir has its own, and the next gateway takes over each for itself', async () => {
    await using here = await FakeServer.open();
    await using there = await FakeServer.open();
    const servers = [here, there];
    const first = FakeServer.walled(...servers);
    const sessions = servers.map(({ folder }) => new RecordedWorker(first, { workDir: folder }));
    await Promise.all(sessions.map((agent) => agent.next('worker.ready')));
    const states = sessions.map(({ worker }): WorkerState => JSON.parse(JSON.stringify(worker.save?.())));
    await first.close();

    const second = FakeServer.walled(...servers);
    const [joined, refused] = servers.map(({ folder }, index) => {
      const adopt = { ...states[index], ...(index === 1 && { memory: 'of tomorrow' }) } as WorkerState;
      return new RecordedWorker(second, { workDir: folder, adopt });
    }) as [RecordedWorker, RecordedWorker];
    expect((await refused.exit()).message).toContain('another version');
    await joined.next('worker.ready');
    for (const { spawned } of servers) {
      expect(spawned.map(({ adopt }) => adopt?.handle.folder)).toEqual([
        undefined,
        spawned[1]?.needs?.workDir,
      ]);
    }
    // The end of one is nothing to the other.
    expect([joined.exits, second.serverPid]).toEqual([[], 1]);
    await second.close();
  });

  test('[S5] one that is gone is the exit of every session in it', async () => {
    await using life = await Life.open();
    await life.agent.next('worker.ready');
    const left = await life.die();
    const next = life.next(left);
    life.server.crash({ reason: 'exited', signal: null });
    expect(await next.exit()).toMatchObject({ reason: 'exited', code: null });
  });
});
