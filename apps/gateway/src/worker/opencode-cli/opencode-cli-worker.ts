import type { Clock } from '../../ground/clock.ts';
import { unknownStats } from '../../ground/unknown-stats.ts';
import type { ChildProcess, Exit, SpawnProcess } from '../../process/child-process.ts';
import type { AnswerFolder } from '../gate/answer-folder.ts';
import { toCheck } from '../opencode/gate-check.ts';
import { toPromptText } from '../prompt-text.ts';
import type {
  InteractionResponse,
  Worker,
  WorkerCommand,
  WorkerEvent,
  WorkerInput,
  WorkerListener,
  WorkerState,
} from '../worker.ts';
import { lasting, stateOf } from '../worker-state.ts';
import { planCommand } from './commands.ts';
import { type Remembered, toMemory } from './memory.ts';
import { decodeLine } from './messages.ts';
import { finishTurn, inferCode, newTurn, plainText, takeAnswer, translateLine } from './turn.ts';

export type OpenCodeCliWorkerOptions = {
  /** Absolute path of the CLI. */
  file: string;
  workDir: string;
  /** The conversation to go on with; absent for a new one. */
  resume: string | undefined;
  /** The conversation to branch off. */
  fork: string | undefined;
  /** The turn of an earlier gateway to go on with, and what was remembered of it. */
  adopt?: WorkerState & { memory: Remembered };
  model: string | undefined;
  mode: string;
  permissionModes: readonly string[];
  /** The whole environment of a turn in this permission mode. */
  environment(mode: string): Readonly<Record<string, string>>;
  /** Where the gate of a turn finds its answers. */
  answers: AnswerFolder;
  listener: WorkerListener;
  spawn: SpawnProcess;
  clock: Clock;
};

/** The turn that runs. */
type Running = Pick<Remembered, 'input' | 'turn' | 'startedAt' | 'interrupted'> & { process: ChildProcess };

const graceMs = 2_000;
const stopped: Exit = { reason: 'stopped', code: null, signal: null, stderr: '' };

/** OpenCode with a process for each turn; between turns there is none, and the conversation lies in its database. */
export class OpenCodeCliWorker implements Worker {
  readonly #options: OpenCodeCliWorkerOptions;
  #session: string | undefined;
  /** The conversation that the next one begins as a branch of. */
  #fork: string | undefined;
  /** Whether OpenCode took the conversation that was to be gone on with. */
  #known: boolean;
  #model: string | undefined;
  #mode: string;
  #running: Running | undefined;
  #ended = false;
  #stopping: Promise<Exit> | undefined;

  constructor(options: OpenCodeCliWorkerOptions) {
    this.#options = options;
    const { resume, fork, adopt, permissionModes } = options;
    const { session, known, model, mode } = adopt?.memory ?? {
      ...{ session: resume, known: (resume ?? fork) === undefined, model: options.model, mode: options.mode },
    };
    this.#session = session;
    this.#fork = adopt ? adopt.memory.fork : fork;
    this.#known = known;
    this.#model = model;
    this.#mode = mode;
    const ready = { permission_modes: [...permissionModes] };
    queueMicrotask(() => this.#emit([{ type: 'worker.ready', data: ready }]));
    if (adopt) this.#goOn(adopt);
  }

  get pid(): number | undefined {
    return this.#running?.process.pid;
  }

  prompt(input: WorkerInput): void {
    if (this.#ended || this.#stopping || this.#running) return;
    const { workDir, clock, answers } = this.#options;
    answers.clear();
    const turn = newTurn({ inputId: input.inputId, workDir, model: this.#model ?? null });
    // NOTE: it reads its prompt to the end of stdin; in an argument everybody on the machine could read it.
    const process = this.#launch({ stdin: toPromptText(input) });
    this.#running = { input, turn, process, startedAt: clock.now(), interrupted: false };
  }

  respond(response: InteractionResponse): void {
    const { turn } = this.#running ?? {};
    if (turn && takeAnswer(turn, response)) this.#options.answers.answer(response);
  }

  interrupt(): void {
    if (!this.#running) return;
    this.#running.interrupted = true;
    // NOTE: there is no gentler way; whatever its tools started goes with it.
    void this.#running.process.stop();
  }

  command(command: WorkerCommand): void {
    const { model, mode, events } = planCommand(command, this.#options.permissionModes);
    this.#model = model ?? this.#model;
    this.#mode = mode ?? this.#mode;
    queueMicrotask(() => this.#emit(events));
  }

  /** NOTE: between turns there is nothing that could outlive the gateway. */
  save(): WorkerState | undefined {
    const running = this.#running;
    if (!running || this.#stopping) return undefined;
    const { process, ...turn } = running;
    return stateOf(process, () =>
      toMemory({
        ...turn,
        ...{ session: this.#session, fork: this.#fork, known: this.#known },
        ...{ model: this.#model, mode: this.#mode, answers: this.#options.answers.path },
      }),
    );
  }

  stop(): Promise<Exit> {
    this.#stopping ??= this.#stopNow();
    return this.#stopping;
  }

  #launch({ stdin, adopt }: { stdin?: string; adopt?: WorkerState }): ChildProcess {
    const { spawn, file, workDir: cwd, environment } = this.#options;
    const options = { file, args: this.#arguments(), cwd, env: environment(this.#mode), graceMs, stdin };
    return spawn(
      { ...options, ...lasting(adopt) },
      { onLines: (lines) => this.#read(lines), onExit: (exit) => this.#exited(exit) },
    );
  }

  /** The turn runs, or has ended meanwhile: what it said since is told either way. */
  #goOn(adopt: WorkerState & { memory: Remembered }): void {
    const { input, turn, startedAt, interrupted } = adopt.memory;
    const process = this.#launch({ adopt });
    this.#running = { input, turn, process, startedAt, interrupted };
    if (interrupted) void process.stop();
    // The gateway before may have died before it gave its word.
    queueMicrotask(() => this.#emit(turn.checks.map((check) => toCheck(check, this.#options.workDir))));
  }

  #arguments(): string[] {
    const from = this.#session ?? this.#fork;
    return [
      ...['run', '--format=json', '--thinking'],
      ...(from === undefined ? [] : [`--session=${from}`]),
      ...(this.#session === undefined && this.#fork !== undefined ? ['--fork'] : []),
      ...(this.#model === undefined ? [] : [`--model=${this.#model}`]),
      ...(this.#mode === 'plan' ? ['--agent=plan'] : []),
    ];
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

  #exited(told: Exit): void {
    const running = this.#running;
    this.#running = undefined;
    if (!running || this.#stopping) return;
    const { input, turn, startedAt, interrupted } = running;
    const exit = inferCode(turn, told);
    if (this.#isUnknownSession(exit, running)) {
      this.#session = undefined;
      this.#fork = undefined;
      this.#known = true;
      this.#emit([{ type: 'context.lost', data: { reason: 'the agent no longer has this conversation' } }]);
      this.prompt(input);
      // Another process has the prompt now.
      this.#options.listener.onEvents([]);
      return;
    }
    // Ended from outside, or never started: the session is told, and resumes with the next prompt.
    if (!interrupted && (exit.reason !== 'exited' || exit.code === null)) {
      this.#exit(exit);
      return;
    }
    const durationMs = Math.max(0, this.#options.clock.now() - startedAt);
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
    this.#options.answers.remove();
    this.#options.listener.onExit(exit);
  }
}
