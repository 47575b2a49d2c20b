import type { ReferenceConnection } from './reference-connection.ts';
import { mismatch, type Named, resolve } from './references.ts';
import type { Scenario } from './scenario.ts';
import { frameText, isLogged, ServerLog } from './server-log.ts';
import { expandTurn } from './whole-turn.ts';
import type { WireStep } from './wire-step.ts';

type Visitor = { connection: ReferenceConnection; replaysAfter: number };

/** Plays the server's part of one scenario against a client, step by step. */
export class Stage {
  readonly log: ServerLog;
  readonly problems: string[] = [];
  /** How many more connections are refused before the server is back. */
  refusals = 0;
  readonly #steps: WireStep[];
  readonly #named: Named = new Map();
  readonly #visitors = new Map<string, Visitor>();
  readonly #arrived: ReferenceConnection[] = [];
  #current = '';
  #position = 0;
  #wake: (() => void) | undefined;

  constructor({ name, wire }: Scenario) {
    this.log = new ServerLog(name);
    this.#steps = wire.flatMap((step) => ('says' in step ? expandTurn(step) : [step]));
    this.#named.set('session', this.log.sessionId);
    this.#play().catch((error: unknown) => this.problems.push(String(error)));
  }

  arrive(connection: ReferenceConnection): void {
    this.#arrived.push(connection);
    this.changed();
  }

  /** Something came or went. */
  changed(): void {
    this.#wake?.();
  }

  /** What the client did not do, or did beside it. */
  report(): string[] {
    const next = this.#steps[this.#position];
    const open = next ? [`step ${this.#position + 1} did not happen: ${JSON.stringify(next)}`] : [];
    const left = [...this.#visitors.values()].flatMap(({ connection }) => connection.inbox);
    const beside = left.filter(({ event }) => event.type !== 'ping');
    return [
      ...this.problems,
      ...open,
      ...beside.map((frame) => `unexpected: ${JSON.stringify(frame.event)}`),
    ];
  }

  async #play(): Promise<void> {
    for (; this.#position < this.#steps.length; this.#position++) {
      const step = this.#steps[this.#position];
      if (step) await this.#perform(step);
    }
    // Pings are answered to the end.
    await this.#until(() => undefined);
  }

  async #perform(step: WireStep): Promise<void> {
    if ('accept' in step) {
      const connection = await this.#until(() => this.#arrived.shift());
      this.#visitors.set(step.accept, { connection, replaysAfter: this.log.lastSeq });
      this.#current = step.accept;
    } else if ('client' in step) await this.#expect(step);
    else if ('server' in step) await this.#say(step);
    else if ('server_raw' in step) await this.#visitor(step.on).connection.send(step.server_raw);
    else if ('server_binary' in step)
      this.#visitor(step.on).connection.sendBinary(Buffer.from(step.server_binary, 'base64'));
    else if ('log' in step)
      this.log.make({ kind: step.log, data: this.#resolved(step.data), turn: step.turn });
    else if ('replay' in step) {
      const { connection, replaysAfter } = this.#visitor(step.replay);
      for (const frame of this.log.after(replaysAfter)) await connection.send(frameText(frame));
    } else if ('cut' in step) this.#visitor(step.cut).connection.cut();
    else if ('close' in step) this.#visitor(step.close).connection.close(step.code, step.reason ?? '');
    else if ('closed' in step)
      await this.#until(() => this.#visitor(step.closed).connection.isOver || undefined);
    else if ('restart' in step) {
      this.refusals = step.restart;
      for (const { connection } of this.#visitors.values()) connection.cut();
    } else throw new Error(`a client cannot be asked for ${JSON.stringify(step)}`);
  }

  async #expect({
    client: kind,
    data,
    on,
    as,
    times = 1,
  }: Extract<WireStep, { client: string }>): Promise<void> {
    const visitor = this.#visitor(on);
    for (let index = 0; index < times; index++) {
      const frame = await this.#until(
        () => visitor.connection.inbox.shift(),
        kind === 'ping' ? visitor : undefined,
      );
      const problem =
        frame.event.type === kind
          ? mismatch(this.#resolved(data) ?? {}, frame.event.data)
          : `the kind is ${frame.event.type}`;
      if (problem) throw new Error(`step ${this.#position + 1} (${kind}): ${problem}`);
      if (as !== undefined) this.#named.set(as, frame);
      if (kind === 'init' && typeof frame.event.data.last_seq === 'number')
        visitor.replaysAfter = frame.event.data.last_seq;
    }
  }

  async #say({
    server: kind,
    data,
    turn,
    priority,
    seq,
    on,
    as,
    fault,
  }: Extract<WireStep, { server: string }>) {
    const visitor = this.#visitor(on);
    const frame = this.log.make({ kind, data: this.#resolved(data), turn, priority, seq });
    if (as !== undefined) this.#named.set(as, frame);
    if (kind === 'resync' && typeof frame.event.data.first_seq === 'number')
      visitor.replaysAfter = frame.event.data.first_seq - 1;
    if (isLogged(kind, frame.event.data)) this.#named.set('seen', frame.seq);
    await visitor.connection.send(frameText(frame), fault);
  }

  /** Waits until something can be found, and answers pings meanwhile, but those of a client that is asked for one. */
  async #until<T>(find: () => T | undefined, pinging?: Visitor): Promise<T> {
    for (;;) {
      for (const visitor of this.#visitors.values()) if (visitor !== pinging) this.#answerPings(visitor);
      const found = find();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #answerPings({ connection }: Visitor): void {
    while (connection.inbox[0]?.event.type === 'ping') {
      connection.inbox.shift();
      void connection.send(frameText(this.log.make({ kind: 'pong', data: { state: 'idle' } })));
    }
  }

  #visitor(name = this.#current): Visitor {
    const visitor = this.#visitors.get(name);
    if (!visitor) throw new Error(`there is no connection ${name}`);
    return visitor;
  }

  #resolved(data: Record<string, unknown> | undefined): Record<string, unknown> | undefined {
    return resolve(data, this.#named) as Record<string, unknown> | undefined;
  }
}
