import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { awaitAnswer } from '../gate/gate-answer.ts';
import { checkMethod } from './messages.ts';

export type GateTrafficOptions = {
  /** The folder with the gateway's answers. */
  answers: string;
  /** What an agent is told with every session that is opened, in its own words. */
  sessionMeta?: Readonly<Record<string, unknown>> | undefined;
  /** Both resolve once the line was taken. */
  toClient(line: string): Promise<void>;
  toAgent(line: string): Promise<void>;
  patienceMs?: number;
};

const rpcId = z.union([z.string(), z.number()]);
const opening = z.looseObject({
  method: z.enum(['session/new', 'session/load', 'session/resume', 'session/fork']),
  params: z.looseObject({ _meta: z.record(z.string(), z.unknown()).nullish() }),
});
const cancellation = z.looseObject({
  method: z.literal('session/cancel'),
  params: z.looseObject({ sessionId: z.string() }),
});
const option = z.looseObject({ optionId: z.string(), kind: z.string().optional() });
const permissionRequest = z.looseObject({
  id: rpcId,
  method: z.literal('session/request_permission'),
  params: z.looseObject({
    sessionId: z.string().optional(),
    toolCall: z.unknown(),
    options: z.array(option).catch([]),
  }),
});
type PermissionRequest = z.infer<typeof permissionRequest>;
/** Our plugin of OpenCode asks on the stdout of its agent, and finds its answer by itself. */
const pluginCheck = z.looseObject({ type: z.literal('hotplex.check') });

/** What passes between acpx and an agent (Agent Client Protocol, version 1), line by line. */
export class GateTraffic {
  readonly #options: GateTrafficOptions;
  /** What waits for the gateway's word. */
  readonly #held = new Set<{ sessionId: string | undefined; abort: AbortController }>();

  constructor(options: GateTrafficOptions) {
    this.#options = options;
  }

  async fromClient(line: string): Promise<void> {
    const message = parse(line);
    const cancelled = cancellation.safeParse(message).data;
    if (cancelled) this.#cancel(cancelled.params.sessionId);
    const { sessionMeta, toAgent } = this.#options;
    const opened = sessionMeta && opening.safeParse(message).data;
    await toAgent(opened ? JSON.stringify(withMeta(opened, sessionMeta)) : line);
  }

  async fromAgent(line: string): Promise<void> {
    const message = parse(line);
    const asked = permissionRequest.safeParse(message).data;
    // NOTE: not awaited, since the agent goes on saying things while it waits for this one.
    if (asked) void this.#judge(asked, line);
    else if (pluginCheck.safeParse(message).success) await this.#tell(message);
    else await this.#options.toClient(line);
  }

  /** Nobody is there any more who could be answered. */
  close(): void {
    for (const { abort } of this.#held) abort.abort();
  }

  async #judge({ id, params }: PermissionRequest, line: string): Promise<void> {
    const { answers: folder, patienceMs, toClient, toAgent } = this.#options;
    const abort = new AbortController();
    const held = { sessionId: params.sessionId, abort };
    this.#held.add(held);
    const check = randomUUID();
    await this.#tell({ type: 'permission', id: check, toolCall: params.toolCall });
    const patience = patienceMs === undefined ? {} : { patienceMs };
    const answer = await awaitAnswer({ folder, id: check, signal: abort.signal, ...patience });
    this.#held.delete(held);
    if (abort.signal.aborted) await toAgent(toAnswer(id, { outcome: 'cancelled' }));
    else if (answer.allowed) await toClient(line);
    else await toAgent(toAnswer(id, refuse(params.options)));
  }

  /** As a notification beside the protocol's own, which acpx tells on its stdout and does nothing about. */
  #tell(params: unknown): Promise<void> {
    return this.#options.toClient(JSON.stringify({ jsonrpc: '2.0', method: checkMethod, params }));
  }

  /** The protocol wants every open request answered when its turn is cancelled; acpx knows nothing of these. */
  #cancel(sessionId: string): void {
    for (const held of this.#held) if (held.sessionId === sessionId) held.abort.abort();
  }
}

/** An agent that offers no way to say no is told that its turn was cancelled. */
function refuse(options: PermissionRequest['params']['options']): object {
  const no = options.find(({ kind }) => kind === 'reject_once');
  return no ? { outcome: 'selected', optionId: no.optionId } : { outcome: 'cancelled' };
}

function toAnswer(id: z.infer<typeof rpcId>, outcome: object): string {
  return JSON.stringify({ jsonrpc: '2.0', id, result: { outcome } });
}

/** What the gateway says of a session outranks what acpx says of it. */
function withMeta(message: z.infer<typeof opening>, meta: Readonly<Record<string, unknown>>): object {
  const { params } = message;
  return { ...message, params: { ...params, _meta: merge(params._meta ?? {}, meta) } };
}

type Plain = Record<string, unknown>;
const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function merge(below: Plain, above: Plain): Plain {
  const merged = { ...below };
  for (const [name, value] of Object.entries(above)) {
    const known = below[name];
    merged[name] = isPlain(value) && isPlain(known) ? merge(known, value) : value;
  }
  return merged;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
