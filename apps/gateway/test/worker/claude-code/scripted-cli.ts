import type { SessionConfig } from '@hotplex/aep-protocol';
import type { Clock } from '../../../src/ground/clock.ts';
import { createIds } from '../../../src/ground/ids.ts';
import type { Exit, ProcessListener, ProcessOptions } from '../../../src/process/child-process.ts';
import { ClaudeCodeWorker } from '../../../src/worker/claude-code/claude-code-worker.ts';
import type { WorkerEvent } from '../../../src/worker/worker.ts';

/** One start of the CLI, played by the test. */
export type ScriptedProcess = {
  options: ProcessOptions;
  /** What was written to its stdin, parsed. */
  heard: { type: string; request_id?: string; request?: { subtype: string }; uuid?: string }[];
  inputClosed: boolean;
  stopped: boolean;
  say(...records: object[]): void;
  exit(exit?: Partial<Exit>): void;
};

/** A clock that stands still until it is turned. */
export class ManualClock implements Clock {
  #time = 0;
  #timers: { at: number; fire: () => void }[] = [];

  now = () => this.#time;
  elapsed = () => this.#time;

  after(ms: number, fire: () => void) {
    const timer = { at: this.#time + ms, fire };
    this.#timers.push(timer);
    const cancel = () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
    const refresh = () => {
      cancel();
      timer.at = this.#time + ms;
      this.#timers.push(timer);
    };
    return { cancel, refresh };
  }

  turn(ms: number): void {
    this.#time += ms;
    const due = this.#timers.filter(({ at }) => at <= this.#time);
    this.#timers = this.#timers.filter(({ at }) => at > this.#time);
    for (const { fire } of due) fire();
  }
}

/** A worker whose CLI is played by the test, on a clock that the test turns. */
export function playCli(options: { resume?: string; fork?: string; config?: SessionConfig } = {}) {
  const processes: ScriptedProcess[] = [];
  const events: WorkerEvent[] = [];
  const exits: Exit[] = [];
  const clock = new ManualClock();
  const worker = new ClaudeCodeWorker({
    file: '/bin/claude',
    workDir: '/work',
    config: options.config ?? {},
    resume: options.resume,
    fork: options.fork,
    trusted: false,
    permissionModes: ['default', 'plan'],
    environment: {},
    listener: { onEvents: (more) => events.push(...more), onExit: (exit) => exits.push(exit) },
    clock,
    ids: createIds(),
    spawn: (processOptions, listener) => {
      const process = play(processOptions, listener);
      processes.push(process);
      return {
        pid: 100 + processes.length,
        handle: undefined,
        offset: 0,
        writeLine: (line) => process.heard.push(JSON.parse(line)),
        closeInput: () => {
          process.inputClosed = true;
        },
        stop: () => {
          process.stopped = true;
          return new Promise(() => {});
        },
      };
    },
  });

  /** The newest start. */
  const cli = (): ScriptedProcess => {
    const process = processes.at(-1);
    if (!process) throw new Error('the CLI was not started');
    return process;
  };
  /** Lets the CLI say that it is up. */
  const ready = () => {
    const initialize = cli().heard.find(({ request }) => request?.subtype === 'initialize');
    const response = { subtype: 'success', request_id: initialize?.request_id, response: { models: [] } };
    cli().say({ type: 'control_response', response });
  };
  /** What was asked of the CLI, by subtype. */
  const asked = (subtype: string) => cli().heard.filter(({ request }) => request?.subtype === subtype);
  const prompts = () => cli().heard.filter(({ type }) => type === 'user');
  return { worker, events, exits, clock, processes, cli, ready, asked, prompts };
}

function play(options: ProcessOptions, listener: ProcessListener): ScriptedProcess {
  return {
    options,
    heard: [],
    inputClosed: false,
    stopped: false,
    say: (...records) => listener.onLines(records.map((record) => JSON.stringify(record))),
    exit: (exit) => listener.onExit({ reason: 'exited', code: 0, signal: null, stderr: '', ...exit }),
  };
}
