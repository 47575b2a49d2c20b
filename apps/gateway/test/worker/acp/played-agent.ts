import { createIds } from '../../../src/ground/ids.ts';
import type { Exit, ProcessListener, ProcessOptions } from '../../../src/process/child-process.ts';
import { createAcp } from '../../../src/worker/acp/definition.ts';
import type { WorkerEvent, WorkerState } from '../../../src/worker/worker.ts';
import { createManualClock } from '../../support/manual-clock.ts';

type Heard = { id?: number | string; method?: string; params?: Record<string, unknown> } & Record<
  string,
  unknown
>;

const stopped: Exit = { reason: 'stopped', code: null, signal: 'SIGTERM', stderr: '' };

type Play = {
  workDir?: string;
  clock?: ReturnType<typeof createManualClock>;
  adopt?: WorkerState;
};

export const models = { currentModelId: 'm-1', availableModels: [{ modelId: 'm-1' }, { modelId: 'm-2' }] };

/** A worker whose agent is played by the test. What the store would hold is kept after each batch of events. */
export function playAgent({ workDir = '/nowhere', clock = createManualClock(), adopt }: Play = {}) {
  const events: WorkerEvent[] = [];
  const states: (WorkerState | undefined)[] = [];
  /** What was written to its stdin, parsed. */
  const heard: Heard[] = [];
  const children: ProcessOptions[] = [];
  let agent: ProcessListener | undefined;
  const spawn = (options: ProcessOptions, listener: ProcessListener) => {
    const isAgent = agent === undefined;
    if (isAgent) agent = listener;
    else children.push(options);
    return {
      pid: 100,
      handle: isAgent ? { pid: 100, startTime: '1', mark: 'mark', folder: '/nowhere' } : undefined,
      offset: 0,
      writeLine: (line: string) => void (isAgent && heard.push(JSON.parse(line))),
      closeInput() {},
      stop: () => (isAgent ? new Promise<never>(() => {}) : Promise.resolve(stopped)),
    };
  };
  const saved = (): WorkerState | undefined => {
    const state = worker.save?.();
    return state && JSON.parse(JSON.stringify(state));
  };
  const worker = createAcp({
    ...{ spawn, clock, ids: createIds(), environment: {} },
    agents: { played: { command: process.execPath } },
  }).start(
    { workDir, config: { agent: 'played' }, ...(adopt && { adopt }) },
    {
      onEvents(more) {
        events.push(...more);
        states.push(saved());
        // As a session does of which the policy says nothing, once it has stored how the worker stood.
        for (const { type, data } of more)
          if (type === 'tool.check') worker.respond?.({ kind: 'permission', id: data.id, allowed: true });
      },
      onExit() {},
    },
  );
  const say = (...messages: object[]) =>
    agent?.onLines(messages.map((message) => JSON.stringify({ jsonrpc: '2.0', ...message })));

  return {
    ...{ worker, events, states, heard, children, clock, say, saved },
    /** The requests of this kind that the agent was sent. */
    asked: (method: string) => heard.filter((each) => each.method === method),
    /** What the agent was answered to a request of its own. */
    answers: (id: number | string) => heard.filter((each) => each.id === id && each.method === undefined),
    /** Answers the last request of this kind. */
    reply(method: string, result: object = {}) {
      const { id } = heard.findLast((each) => each.method === method) ?? {};
      say({ id, result });
    },
    async open() {
      this.reply('initialize', { protocolVersion: 1, agentInfo: { version: '1' } });
      await new Promise(setImmediate);
      this.reply('session/new', { sessionId: 's-1', models });
      await new Promise(setImmediate);
    },
  };
}
