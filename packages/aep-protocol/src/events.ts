import type * as z from 'zod/mini';
import { clientEvents } from './client-events.ts';
import { interactionEvents } from './interaction-events.ts';
import { connectionEvents, sessionEvents } from './session-events.ts';
import { turnEvents } from './turn-events.ts';

/** Every kind that is numbered, stored and replayed. */
export const loggedEvents = { ...sessionEvents, ...turnEvents, ...interactionEvents } as const;

/** Every kind a gateway may send. */
export const serverEvents = { ...loggedEvents, ...connectionEvents } as const;

type Table = Record<string, { data: z.ZodMiniType }>;
type EventsOf<T extends Table> = {
  [K in keyof T & string]: { type: K; data: z.infer<T[K]['data']> };
}[keyof T & string];

export type ClientEvent = EventsOf<typeof clientEvents>;
export type ServerEvent = EventsOf<typeof serverEvents>;
export type LoggedEvent = EventsOf<typeof loggedEvents>;
export type TurnEvent = EventsOf<typeof turnEvents>;
export type InteractionEvent = EventsOf<typeof interactionEvents>;
export type ConnectionEvent = EventsOf<typeof connectionEvents>;

export type ClientKind = ClientEvent['type'];
export type ServerKind = ServerEvent['type'];

/** The data of one kind, e.g. `ServerData<'done'>`. */
export type ServerData<K extends ServerKind> = Extract<ServerEvent, { type: K }>['data'];
export type ClientData<K extends ClientKind> = Extract<ClientEvent, { type: K }>['data'];

export type SessionConfig = NonNullable<ClientData<'init'>['config']>;
export type ServerCapabilities = ServerData<'init_ack'>['server_caps'];
export type TurnStats = z.infer<typeof import('./turn-events.ts').turnStats>;
export type SessionTotals = z.infer<typeof import('./turn-events.ts').sessionTotals>;
export type InputStatus = ServerData<'input'>['status'];
export type Delivery = ServerData<'input'>['delivery'];
export type InputPart = NonNullable<ServerData<'input'>['parts']>[number];
export type ToolKind = NonNullable<ServerData<'tool_call'>['kind']>;

export { clientEvents, connectionEvents };
