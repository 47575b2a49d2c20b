import {
  type ClientData,
  type ClientEvent,
  clientEnvelope,
  encode,
  protocolVersion,
} from '@hotplex/aep-protocol';
import { systemClock } from './client-clock.ts';
import type { AepClientOptions, InitAck } from './client-options.ts';

type Greeting = {
  token: string | undefined;
  session: InitAck | undefined;
  position: { last_seq?: number; epoch?: string };
};

/** Our frames as text: each with an id of its own, the session's id and the time. */
export class Frames {
  readonly #options: AepClientOptions;
  /** What the gateway calls the session, once it has said so. */
  sessionId: string;

  constructor(options: AepClientOptions) {
    this.#options = options;
    this.sessionId = options.sessionId ?? '';
  }

  uuid(): string {
    return (this.#options.uuid ?? (() => crypto.randomUUID()))();
  }

  eventId(): string {
    return `evt_${this.uuid()}`;
  }

  frame(event: ClientEvent, id = this.eventId()): string {
    const { clock = systemClock } = this.#options;
    return encode(clientEnvelope(event, { id, sessionId: this.sessionId, timestamp: clock.now() }));
  }

  /** The first frame of a connection: who we are, which session, and how far we have read. */
  init({ token, session, position }: Greeting): string {
    const { workerType, config, role, client, presence } = this.#options;
    const data: ClientData<'init'> = { version: protocolVersion, worker_type: workerType, ...position };
    if (this.sessionId !== '') data.session_id = this.sessionId;
    if (token !== undefined) data.auth = { token };
    if (config && !session) data.config = config;
    if (role) data.role = role;
    if (client) data.client = client;
    if (presence) data.presence = true;
    return this.frame({ type: 'init', data });
  }

  /** Brings a fresh credential for the connection that there is. */
  reauth(token: string): string {
    return this.frame({ type: 'control', data: { action: 'reauth', auth: { token } } });
  }
}
