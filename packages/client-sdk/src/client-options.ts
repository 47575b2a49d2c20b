import type { ServerData, SessionConfig } from '@hotplex/aep-protocol';
import type { Backoff } from './backoff.ts';
import type { ClientClock } from './client-clock.ts';
import type { Traceparent } from './traceparent.ts';
import type { WebSocketConstructor } from './web-socket.ts';

/** A token, key or ticket; a function is asked anew for every connection. */
export type Auth = string | (() => string | Promise<string>);

export type InitAck = ServerData<'init_ack'>;

export type AepClientOptions = {
  /** http(s) or ws(s) address of the gateway; `/ws` is added when there is no path. */
  url: string;
  workerType: string;
  /** An existing session's id, or your own key for the conversation; absent: a new one. */
  sessionId?: string;
  config?: SessionConfig;
  auth?: Auth;
  /** Replay what came after this number, with its epoch if known; absent: live only. */
  lastSeq?: number;
  epoch?: string;
  role?: 'driver' | 'viewer';
  client?: { name: string; version?: string };
  /** Whether to hear, as a notice `presence`, who else is connected. */
  presence?: boolean;
  /** Delays before coming back; `false`: never. Default: from 250 ms to 10 s, without end. */
  reconnect?: Backoff | false;
  /** Silence after which the link is tested, and then given up. Default 25 s. */
  quietMs?: number;
  webSocket?: WebSocketConstructor;
  /** The trace of every connection and upload. In browsers a socket has no headers: there it goes with uploads only. */
  traceparent?: Traceparent;
  /** For uploads. */
  fetch?: typeof fetch;
  clock?: ClientClock;
  random?: () => number;
  uuid?: () => string;
};
