import * as z from 'zod';
import { atMost } from '../../ground/at-most.ts';
import type { Clock, Timer } from '../../ground/clock.ts';
import type { ChildProcess, Exit, SpawnProcess } from '../../process/child-process.ts';
import { AnswerFolder } from '../gate/answer-folder.ts';
import { type GateCheck, toGateChecks } from '../opencode/gate-check.ts';
import type { InteractionResponse, WorkerState } from '../worker.ts';
import { lasting } from '../worker-state.ts';
import { EventStream } from './event-stream.ts';
import { type ServerEvent, sessionOf } from './messages.ts';
import { noteAddress, type ServerAddress } from './server-address.ts';
import { ServerClient } from './server-client.ts';

/** A session's end of a server. */
export interface ServerTenant {
  /** The server is up; called once. */
  onUp(server: OpenCodeServer): void;
  onEvents(events: readonly ServerEvent[]): void;
  /** A tool of its conversation or of a sub-agent waits for a word. */
  onCheck(check: GateCheck): void;
  /** Events may have been lost; the stream is open again. */
  onGap(): void;
  /** The process is gone; called once, last. */
  onExit(exit: Exit): void;
}

/** A server process for this gateway or the next. */
export type ServerState = Pick<WorkerState, 'process' | 'offset'>;

export type ServerOptions = {
  /** Empty for one that runs already. */
  file: string;
  address: ServerAddress;
  /** One that an earlier gateway started at this address. */
  adopt?: ServerState | undefined;
  /** The whole environment but the password. */
  environment: Readonly<Record<string, string>>;
  cwd: string;
  spawn: SpawnProcess;
  clock: Clock;
  /** Called once, after the tenants were told. */
  onExit(): void;
};

/** A start on a loaded machine was seen to take 20 s. */
const readyMs = 60_000;
const [disposeMs, graceMs] = [2_000, 2_000];
const [readMs, mostUnclaimed] = [60_000, 1_000];
const health = z.looseObject({ healthy: z.literal(true), version: z.string() });

/** One `opencode serve` process and the sessions in it. */
export class OpenCodeServer {
  readonly client: ServerClient;
  readonly #options: ServerOptions;
  readonly #process: ChildProcess;
  readonly #tenants = new Set<ServerTenant>();
  /** Whose a session is, those of sub-agents included. */
  readonly #owners = new Map<string, ServerTenant>();
  readonly #answers: AnswerFolder;
  /** Of sessions that nobody has claimed yet: the server tells of a sub-agent elsewhere than the gate. */
  #unclaimed: GateCheck[] = [];
  /** Whether the next gateway can find it and knows its password. */
  readonly #isKept: boolean;
  #patience: Timer;
  #stream: EventStream | undefined;
  #version: string | undefined;
  #phase: 'starting' | 'up' | 'stopping' | 'gone' = 'starting';
  /** Why it was ended before it was up, or while it should have served. */
  #verdict: string | undefined;
  #stopping: Promise<Exit> | undefined;

  constructor(options: ServerOptions) {
    this.#options = options;
    const { file, address, adopt, environment, cwd, spawn, clock } = options;
    const { port, password } = address;
    this.#answers = new AnswerFolder(address.answers);
    this.client = new ServerClient(address, clock);
    this.#process = spawn(
      {
        file,
        args: ['serve', '--hostname', '127.0.0.1', '--port', String(port)],
        cwd,
        env: { ...environment, OPENCODE_SERVER_PASSWORD: password },
        graceMs,
        stdin: '',
        ...lasting(adopt),
      },
      { onLines: (lines) => this.#read(lines), onExit: (exit) => this.#exited(exit) },
    );
    const { handle } = this.#process;
    this.#isKept = handle !== undefined && (adopt !== undefined || noteAddress(handle, address));
    this.#patience = clock.after(readyMs, () => this.#giveUp('it did not get ready in time'));
    if (adopt) this.#follow();
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Where the next gateway finds it; undefined if it ends with this one. */
  get state(): ServerState | undefined {
    const { handle, offset } = this.#process;
    return this.#isKept && handle ? { process: handle, offset } : undefined;
  }

  get version(): string | undefined {
    return this.#version;
  }

  /** False once it is no use to anybody new. */
  get isUsable(): boolean {
    return this.#phase === 'starting' || this.#phase === 'up';
  }

  get isIdle(): boolean {
    return this.#tenants.size === 0;
  }

  enter(tenant: ServerTenant): void {
    this.#tenants.add(tenant);
    if (this.#phase === 'up') queueMicrotask(() => this.#tenants.has(tenant) && tenant.onUp(this));
  }

  /** From now on the events of this session and its sub-agents go to this tenant. */
  claim(sessionId: string, tenant: ServerTenant): void {
    this.#owners.set(sessionId, tenant);
    this.#tellChecks([]);
  }

  /** Gives a word to a tool that waits for it. */
  answer(response: InteractionResponse): void {
    this.#answers.answer(response);
    // Whoever waited has read it by then.
    this.#options.clock.after(readMs, () => this.#answers.forget(response.id));
  }

  leave(tenant: ServerTenant): void {
    this.#tenants.delete(tenant);
    for (const [id, owner] of this.#owners) if (owner === tenant) this.#owners.delete(id);
  }

  /** Hears nothing more of it: it goes on by itself for the next gateway. */
  detach(): void {
    this.#patience.cancel();
    this.#stream?.stop();
  }

  /** Ends running turns and their tools, then the process. Safe to call twice. */
  stop(): Promise<Exit> {
    this.#stopping ??= this.#stopInOrder();
    return this.#stopping;
  }

  async #stopInOrder(): Promise<Exit> {
    const wasUp = this.#phase === 'up';
    if (this.#phase !== 'gone') this.#phase = 'stopping';
    // NOTE: a signal alone would leave the tools running, each in a session of its own.
    const disposed = wasUp
      ? this.client.call({ method: 'POST', path: '/global/dispose', timeoutMs: disposeMs }).catch(() => {})
      : Promise.resolve();
    await atMost(this.#options.clock, disposeMs, [disposed]);
    return this.#process.stop();
  }

  #read(lines: readonly string[]): void {
    this.#tellChecks(lines.flatMap(toGateChecks));
    if (this.#phase === 'starting' && lines.some((line) => line.includes('listening on http')))
      this.#follow();
  }

  #tellChecks(checks: readonly GateCheck[]): void {
    const waiting = [...this.#unclaimed, ...checks];
    this.#unclaimed = waiting.filter(({ sessionID: id }) => !this.#owners.has(id)).slice(-mostUnclaimed);
    for (const check of waiting) this.#owners.get(check.sessionID)?.onCheck(check);
  }

  #follow(): void {
    this.#stream ??= new EventStream({
      client: this.client,
      clock: this.#options.clock,
      onEvents: (events) => this.#deliver(events),
      onOpen: (again) => this.#opened(again),
      onLost: () => this.#giveUp('its stream of events cannot be opened any more'),
    });
  }

  /** Only once the stream is open may a prompt be sent, or its first events would be lost. */
  #opened(again: boolean): void {
    if (this.#phase === 'starting') void this.#greet();
    if (this.#phase !== 'up' || !again) return;
    for (const tenant of [...this.#tenants]) tenant.onGap();
  }

  async #greet(): Promise<void> {
    try {
      this.#version = health.parse(await this.client.call({ path: '/global/health' })).version;
    } catch {
      return this.#giveUp('something else than OpenCode answers at its address');
    }
    if (this.#phase !== 'starting') return;
    this.#patience.cancel();
    this.#phase = 'up';
    for (const tenant of [...this.#tenants]) tenant.onUp(this);
  }

  #deliver(events: readonly ServerEvent[]): void {
    const mail = new Map<ServerTenant, ServerEvent[]>();
    for (const event of events) {
      if (event.type === 'session.created' || event.type === 'session.updated') {
        const { id, parentID } = event.properties.info;
        const parent = this.#owners.get(parentID ?? '');
        if (parent && !this.#owners.has(id)) this.claim(id, parent);
      }
      const owner = this.#owners.get(sessionOf(event) ?? '');
      if (owner) mail.set(owner, [...(mail.get(owner) ?? []), event]);
    }
    for (const [tenant, letters] of mail) tenant.onEvents(letters);
  }

  #giveUp(verdict: string): void {
    if (!this.isUsable) return;
    this.#verdict = `OpenCode was ended because ${verdict}`;
    void this.stop();
  }

  #exited(exit: Exit): void {
    const wasStarting = this.#version === undefined && !this.#options.adopt;
    this.#phase = 'gone';
    this.#patience.cancel();
    this.#stream?.stop();
    const tenants = [...this.#tenants];
    this.#tenants.clear();
    this.#owners.clear();
    this.#answers.remove();
    for (const tenant of tenants) tenant.onExit(wasStarting ? this.#startFailure(exit) : this.#end(exit));
    this.#options.onExit();
  }

  #end(exit: Exit): Exit {
    return this.#verdict === undefined ? exit : { ...exit, reason: 'killed', message: this.#verdict };
  }

  #startFailure(exit: Exit): Exit {
    if (exit.reason === 'start-failed') return exit;
    const words = exit.stderr.trim().split('\n').at(-1);
    const end = exit.signal ? `was ended by ${exit.signal}` : `ended with code ${exit.code}`;
    const message = this.#verdict ?? `OpenCode ${end} before it was ready${words ? `: ${words}` : ''}`;
    return { ...exit, reason: 'start-failed', message };
  }
}
