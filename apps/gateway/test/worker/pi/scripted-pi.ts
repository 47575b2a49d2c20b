import { createIds } from '../../../src/ground/ids.ts';
import type { Exit, ProcessOptions } from '../../../src/process/child-process.ts';
import { PiWorker } from '../../../src/worker/pi/pi-worker.ts';
import type { WorkerEvent } from '../../../src/worker/worker.ts';
import { createManualClock } from '../../support/manual-clock.ts';

type Heard = { type: string; id?: string } & Record<string, unknown>;

/** A worker whose Pi is played by the test, on a clock that the test turns. */
export function playPi({ resuming = false } = {}) {
  const events: WorkerEvent[] = [];
  const exits: Exit[] = [];
  /** What was written to its stdin, parsed. */
  const heard: Heard[] = [];
  const state = { inputClosed: false, stopped: false };
  const clock = createManualClock();
  let listener: Parameters<ConstructorParameters<typeof PiWorker>[0]['spawn']>[1] | undefined;
  const worker = new PiWorker({
    ...{ file: '/bin/pi', args: [], workDir: '/work', config: {}, resuming },
    permissionModes: ['default', 'dontAsk'],
    environment: {},
    listener: { onEvents: (more) => events.push(...more), onExit: (exit) => exits.push(exit) },
    clock,
    ids: createIds(),
    spawn: (_: ProcessOptions, told) => {
      listener = told;
      return {
        pid: 100,
        handle: undefined,
        offset: 0,
        writeLine: (line) => heard.push(JSON.parse(line)),
        closeInput: () => {
          state.inputClosed = true;
        },
        stop: () => {
          state.stopped = true;
          return new Promise(() => {});
        },
      };
    },
  });

  const say = (...records: object[]) => listener?.onLines(records.map((record) => JSON.stringify(record)));
  const exit = (how: Partial<Exit> = {}) =>
    listener?.onExit({ reason: 'exited', code: 0, signal: null, stderr: '', ...how });
  /** What was asked of Pi, by the type of the command. */
  const asked = (type: string) => heard.filter((command) => command.type === type);
  /** Replies to the newest command of this type. */
  const reply = (type: string, data: unknown = {}) =>
    say({ type: 'response', id: asked(type).at(-1)?.id, command: type, success: true, data });
  const refuse = (type: string, error: string) =>
    say({ type: 'response', id: asked(type).at(-1)?.id, command: type, success: false, error });
  /** Lets Pi say that it is up. */
  const ready = (messageCount = 0) => {
    reply('get_state', { sessionId: 'session', messageCount });
    if (resuming && messageCount === 0) {
      reply('new_session', { cancelled: false });
      reply('get_state', { sessionId: 'another', messageCount });
    }
    const models = [{ provider: 'p', id: 'm', contextWindow: 10 }];
    reply('get_available_models', { models });
    reply('get_commands', { commands: [{ name: 'skill:x' }] });
  };
  const prompts = () => asked('prompt').map(({ message }) => message);
  return { worker, events, exits, heard, state, clock, say, exit, asked, reply, refuse, ready, prompts };
}

export const input = (inputId: string, content = inputId) => ({ inputId, content });
export const settled = { type: 'agent_settled', aborted: false };
export const started = { type: 'agent_start' };
export const reads = (content: string) => ({ type: 'message_start', message: { role: 'user', content } });
