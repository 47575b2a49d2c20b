import type { Clock } from '../../ground/clock.ts';
import { GatewayError } from '../../ground/gateway-error.ts';
import { unknownStats } from '../../ground/unknown-stats.ts';
import type { ChildProcess, Exit, SpawnProcess } from '../../process/child-process.ts';
import { toModelName } from '../opencode/model-name.ts';
import type { Worker, WorkerCommand, WorkerEvent, WorkerInput, WorkerListener } from '../worker.ts';
import { decodeLine } from './messages.ts';
import { finishTurn, newTurn, plainText, type Turn, translateLine } from './turn.ts';

export type OpenCodeCliWorkerOptions = {
  /** Absolute path of the CLI. */
  file: string;
  workDir: string;
  /** The conversation to go on with; absent for a new one. */
  resume: string | undefined;
  model: string | undefined;
  mode: string;
  permissionModes: readonly string[];
  /** The whole environment of a turn in this permission mode. */
  environment(mode: string): Readonly<Record<string, string>>;
  listener: WorkerListener;
  spawn: SpawnProcess;
  clock: Clock;
};

export const commandNames = ['set_model', 'model', 'set_permission'] as const;

/** The turn that runs: its process, what it told, and since when. */
type Running = { input: WorkerInput; turn: Turn; process: ChildProcess; since: number; interrupted: boolean };

const graceMs = 2_000;
const stopped: Exit = { reason: 'stopped', code: null, signal: null, stderr: '' };

/** OpenCode with a process for each turn; between turns there is none, and the conversation lies in its database. */
export class OpenCodeCliWorker implements Worker {
  readonly #options: OpenCodeCliWorkerOptions;
  #session: string | undefined;
  /** Whether OpenCode took the conversation that was to be resumed. */
  #known: boolean;
  #model: string | undefined;
  #mode: string;
  #running: Running | undefined;
  #ended = false;
  #stopping: Promise<Exit> | undefined;

  constructor(options: OpenCodeCliWorkerOptions) {
    this.#options = options;
    this.#session = options.resume;
    this.#known = options.resume === undefined;
    this.#model = options.model;
    this.#mode = options.mode;
    const ready = { permission_modes: [...options.permissionModes] };
    queueMicrotask(() => this.#emit([{ type: 'worker.ready', data: ready }]));
  }

  get pid(): number | undefined {
    return this.#running?.process.pid;
  }

  prompt(input: WorkerInput): void {
    if (this.#ended || this.#stopping || this.#running) return;
    const { workDir, spawn, file, clock, environment } = this.#options;
    const turn = newTurn({ inputId: input.inputId, workDir, model: this.#model ?? null });
    const child = spawn(
      { file, args: this.#arguments(), cwd: workDir, env: environment(this.#mode), graceMs },
      { onLines: (lines) => this.#read(lines), onExit: (exit) => this.#exited(exit) },
    );
    this.#running = { input, turn, process: child, since: clock.elapsed(), interrupted: false };
    // NOTE: it reads its prompt to the end of stdin; in an argument everybody on the machine could read it.
    child.writeLine(input.content);
    child.closeInput();
  }

  interrupt(): void {
    if (!this.#running) return;
    this.#running.interrupted = true;
    // NOTE: there is no gentler way; whatever its tools started goes with it.
    void this.#running.process.stop();
  }

  command({ command, args, extra }: WorkerCommand): void {
    const value = (field: string) => args?.trim() || (typeof extra?.[field] === 'string' ? extra[field] : '');
    const events = this.#carryOut(command, value);
    queueMicrotask(() => this.#emit(events));
  }

  stop(): Promise<Exit> {
    this.#stopping ??= this.#stopNow();
    return this.#stopping;
  }

  #arguments(): string[] {
    return [
      ...['run', '--format=json', '--thinking'],
      ...(this.#session === undefined ? [] : [`--session=${this.#session}`]),
      ...(this.#model === undefined ? [] : [`--model=${this.#model}`]),
      ...(this.#mode === 'plan' ? ['--agent=plan'] : []),
    ];
  }

  /** From the next turn on. */
  #carryOut(command: string, value: (field: string) => string): WorkerEvent[] {
    if (command === 'set_model' || command === 'model') {
      const model = value('model');
      try {
        toModelName(model);
      } catch (error) {
        if (error instanceof GatewayError) return refusal('CONFIG_INVALID', error.message);
        throw error;
      }
      this.#model = model;
      return notice({ kind: 'model', message: `Model is now ${model}.`, details: { model } });
    }
    if (command === 'set_permission') {
      const { permissionModes } = this.#options;
      const mode = value('mode') || value('permission_mode');
      if (!permissionModes.includes(mode)) {
        return refusal('CONFIG_INVALID', `choose one of ${permissionModes.join(', ')}`);
      }
      this.#mode = mode;
      const details = { mode };
      return notice({ kind: 'permission_mode', message: `Permission mode is now ${mode}.`, details });
    }
    return refusal('NOT_SUPPORTED', `OpenCode has no command ${command} here.`);
  }

  #read(lines: readonly string[]): void {
    const running = this.#running;
    if (!running || running.interrupted) return;
    const before = this.#session;
    const events = lines.flatMap((line) => translateLine(running.turn, decodeLine(line)));
    this.#session = running.turn.sessionId ?? this.#session;
    if (running.turn.begun) this.#known = true;
    // Told once, and again only if it changes.
    this.#emit(events.filter(({ type }) => type !== 'worker.session' || this.#session !== before));
  }

  #exited(exit: Exit): void {
    const running = this.#running;
    this.#running = undefined;
    if (!running || this.#stopping) return;
    const { input, turn, since, interrupted } = running;
    if (this.#isUnknownSession(exit, running)) {
      this.#session = undefined;
      this.#known = true;
      this.#emit([{ type: 'context.lost', data: { reason: 'the agent no longer has this conversation' } }]);
      this.prompt(input);
      return;
    }
    // Ended from outside, or never started: the session is told, and resumes with the next prompt.
    if (!interrupted && (exit.reason !== 'exited' || exit.code === null)) {
      this.#exit(exit);
      return;
    }
    const durationMs = this.#options.clock.elapsed() - since;
    if (interrupted && !turn.begun) {
      const stats = { ...unknownStats('interrupted'), duration_ms: Math.round(durationMs) };
      this.#emit([{ type: 'done', data: { success: false, stats, input_ids: [input.inputId] } }]);
    } else this.#emit(finishTurn(turn, { exit, interrupted, durationMs }));
  }

  #isUnknownSession(exit: Exit, { turn, interrupted }: Running): boolean {
    if (this.#known || turn.begun || interrupted || exit.code === 0) return false;
    return /session not found|invalid session|sessionID/i.test(plainText(exit.stderr));
  }

  #emit(events: readonly WorkerEvent[]): void {
    if (!this.#ended && events.length > 0) this.#options.listener.onEvents(events);
  }

  async #stopNow(): Promise<Exit> {
    const exit = this.#running ? await this.#running.process.stop() : stopped;
    const end: Exit = exit.reason === 'exited' ? { ...exit, reason: 'stopped' } : exit;
    this.#exit(end);
    return end;
  }

  #exit(exit: Exit): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#options.listener.onExit(exit);
  }
}

function refusal(code: 'CONFIG_INVALID' | 'NOT_SUPPORTED', message: string): WorkerEvent[] {
  return [{ type: 'error', data: { code, message } }];
}

function notice(data: Extract<WorkerEvent, { type: 'worker.notice' }>['data']): WorkerEvent[] {
  return [{ type: 'worker.notice', data }];
}
