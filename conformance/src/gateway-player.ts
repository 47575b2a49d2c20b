import { randomUUID } from 'node:crypto';
import { protocolVersion } from '@hotplex/aep-protocol';
import { GatewayConnection } from './gateway-connection.ts';
import { type Heard, Laws } from './laws.ts';
import { concrete, mismatch, type Named, resolve } from './references.ts';
import type { Scenario } from './scenario.ts';
import type { Frame } from './server-log.ts';
import { expandTurn } from './whole-turn.ts';
import type { WireStep } from './wire-step.ts';

export type GatewayUnderTest = {
  /** Address of its WebSocket, such as `ws://127.0.0.1:8888/ws`. */
  url: string;
  /** A credential that it takes in `init.auth.token`. */
  token: string;
  /** Stops it and starts it again on its data; without it the scenarios that need that are left out. */
  restart?: () => Promise<void>;
};

type ServerStep = Extract<WireStep, { server: string }>;
type ClientStep = Extract<WireStep, { client: string }>;

/** Whether a scenario can be played against this gateway. */
export function canPlay({ plays, wire }: Scenario, { restart }: Pick<GatewayUnderTest, 'restart'>): boolean {
  return plays.includes('gateway') && (restart !== undefined || !wire.some((step) => 'restart' in step));
}

/**
 * Plays the client's part of a scenario against a gateway. What the scenario says of the server is a part of what
 * has to come, in this order; everything that comes is held against the laws. Throws with the step that failed.
 */
export async function playAgainstGateway({ wire }: Scenario, gateway: GatewayUnderTest): Promise<void> {
  const player = new GatewayPlayer(gateway);
  const steps = wire.flatMap((step) => ('says' in step ? expandTurn(step) : [step]));
  try {
    for (const [index, step] of steps.entries()) {
      await player.perform(step).catch((error: unknown) => {
        throw new Error(`step ${index + 1}: ${JSON.stringify(step)}`, { cause: error });
      });
    }
  } finally {
    player.leave();
  }
}

class GatewayPlayer {
  readonly #gateway: GatewayUnderTest;
  readonly #run = randomUUID();
  readonly #named: Named;
  readonly #connections = new Map<string, GatewayConnection>();
  readonly #turns = new Map<string, string>();
  /** What was told of each session, by its number: nobody may be told something else. */
  readonly #told = new Map<string, Map<number, string>>();
  #stored: ServerStep[] = [];
  #wantedText: string | undefined = '';
  #current = '';
  #session = '';
  #sent = 0;

  constructor(gateway: GatewayUnderTest) {
    this.#gateway = gateway;
    this.#named = new Map([['token', gateway.token]]);
  }

  leave(): void {
    for (const connection of this.#connections.values()) connection.cut();
  }

  async perform(step: WireStep): Promise<void> {
    if ('accept' in step) {
      this.#connections.set(step.accept, await GatewayConnection.open(this.#gateway.url));
      this.#current = step.accept;
    } else if ('client' in step) this.#send(step);
    else if ('server' in step) await this.#expect(step);
    else if ('log' in step) this.#stored.push({ server: step.log, data: step.data, turn: step.turn });
    else if ('replay' in step) await this.#replay(step.replay);
    else if ('client_raw' in step)
      this.#on(step.on).send(
        typeof step.client_raw === 'string' ? step.client_raw : 'x'.repeat(step.client_raw),
      );
    else if ('client_binary' in step) this.#on(step.on).send(Buffer.from(step.client_binary, 'base64'));
    else if ('cut' in step) this.#on(step.cut).cut();
    else if ('close' in step) {
      const code = await this.#on(step.close).closed();
      if (code !== step.code) throw new Error(`it closed with ${code}`);
    } else if ('closed' in step) this.#on(step.closed).close();
    else if ('restart' in step) await this.#gateway.restart?.();
    else throw new Error('a gateway cannot be asked for this');
  }

  #send({
    client: kind,
    data: template,
    id,
    version = protocolVersion,
    times = 1,
    on,
    as,
  }: ClientStep): void {
    const data = concrete(resolve(template ?? {}, this.#named)) as Record<string, unknown>;
    if (kind === 'init') this.#prepareInit(data, this.#on(on));
    for (let index = 0; index < times; index++) {
      this.#sent += 1;
      const frame = {
        ...{
          version,
          id: id ?? `evt_${this.#sent}`,
          seq: 1,
          session_id: this.#session,
          timestamp: Date.now(),
        },
        event: { type: kind, data },
      };
      if (as !== undefined) this.#named.set(as, frame);
      this.#on(on).send(JSON.stringify(frame));
    }
  }

  /** Keys of the scenario are made ones of this run: whoever plays it again is not in the same conversation. */
  #prepareInit(data: Record<string, unknown>, connection: GatewayConnection): void {
    const { session_id: id } = data;
    if (typeof id === 'string' && !this.#told.has(id)) data.session_id = `${id} ${this.#run}`;
    data.version ??= protocolVersion;
    data.auth ??= { token: this.#gateway.token };
    connection.laws = new Laws(data.last_seq as number | undefined);
  }

  async #expect(step: ServerStep): Promise<Frame | undefined> {
    const connection = this.#on(step.on);
    const data = resolve(step.data ?? {}, this.#named) as Record<string, unknown>;
    if (step.server === 'message.delta') {
      // Neighbouring pieces may be merged (rule B1): the text is compared when the block ends.
      const isKnown = typeof data.content === 'string' && this.#wantedText !== undefined;
      this.#wantedText = isKnown ? `${this.#wantedText}${data.content}` : undefined;
      return;
    }
    const heard: string[] = [];
    for (;;) {
      const next = await connection.next(
        `${step.server} ${JSON.stringify(data)}, after ${heard.join('; ')},`,
      );
      const { frame } = next;
      this.#note(next);
      heard.push(JSON.stringify(frame.event).slice(0, 300));
      if (heard.length > 1 && step.server === 'init_ack') throw new Error(`H4: first came ${heard[0]}`);
      if (frame.event.type !== step.server || mismatch(data, frame.event.data) !== undefined) continue;
      this.#matched(step, frame, connection);
      return frame;
    }
  }

  #matched({ server: kind, as, turn }: ServerStep, frame: Frame, connection: GatewayConnection): void {
    if (as !== undefined) this.#named.set(as, frame);
    if (kind === 'init_ack') {
      this.#session = frame.session_id;
      this.#named.set('session', frame.session_id);
    }
    if (kind === 'message.end') {
      if (this.#wantedText !== undefined && connection.text !== this.#wantedText)
        throw new Error(
          `the text is ${JSON.stringify(connection.text)}, not ${JSON.stringify(this.#wantedText)}`,
        );
      this.#wantedText = '';
      connection.text = '';
    }
    if (turn === undefined) return;
    const id = this.#turns.get(turn) ?? String(frame.turn_id);
    this.#turns.set(turn, id);
    if (frame.turn_id !== id) throw new Error(`the turn is ${frame.turn_id}, not ${id}`);
  }

  /** Whoever comes later is told the same (rule R1). */
  #note({ frame: { seq, session_id: session, id, event }, isEvent }: Heard): void {
    const told = this.#told.get(session) ?? new Map<number, string>();
    this.#told.set(session, told);
    if (!isEvent) return;
    this.#named.set('seen', seq);
    const text = `${id} ${JSON.stringify(event)}`;
    if ((told.get(seq) ?? text) !== text)
      throw new Error(`R1: ${seq} was ${told.get(seq)} and is now ${text}`);
    told.set(seq, text);
  }

  async #replay(name: string): Promise<void> {
    const stored = this.#stored;
    this.#stored = [];
    for (const step of stored) await this.#expect({ ...step, on: name });
    if (stored.length > 0) return;
    const connection = this.#on(name);
    const newest = Math.max(0, ...(this.#told.get(this.#session)?.keys() ?? []));
    while (connection.laws.last < newest) this.#note(await connection.next(`the replay up to ${newest}`));
    connection.text = '';
  }

  #on(name = this.#current): GatewayConnection {
    const connection = this.#connections.get(name);
    if (!connection) throw new Error(`there is no connection ${name}`);
    return connection;
  }
}
