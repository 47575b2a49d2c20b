import type { CloseName } from '@hotplex/aep-protocol';
import { AepClient, SessionsApi } from '@hotplex/client-sdk';
import { GatewayError } from '../../ground/gateway-error.ts';
import type { Ids } from '../../ground/ids.ts';
import { Entry, type EntryOptions } from '../entry.ts';
import { FrameQueue } from '../frame-queue.ts';
import type { Line, Visitor } from '../front-door.ts';
import { type InnerClient, innerClient } from '../inner-client.ts';
import { VisitorWriter, type VisitorWriterOptions } from '../visitor-writer.ts';
import { type EngineRequest, readEngineRequest } from './engine-request.ts';
import { type EngineEvent, toEngineEvents } from './to-engine-events.ts';
import { toSessionStats } from './to-session-stats.ts';

export type EngineVisitOptions = EntryOptions &
  InnerClient &
  VisitorWriterOptions & {
    /** The agent of its sessions. */
    workerType: string;
    /** Of the gateway itself. */
    version: string;
    ids: Ids;
  };

/** A client of the older engine: each of its sessions is one of ours, found again by the name that it gave it (rule H6). */
export class EngineVisit implements Line {
  readonly #options: EngineVisitOptions;
  readonly #entry: Entry;
  readonly #writer: VisitorWriter;
  readonly #frames: FrameQueue;
  /** Those that are open: as many as their user may have connections. */
  readonly #clients = new Map<string, AepClient>();

  constructor(visitor: Visitor, options: EngineVisitOptions) {
    this.#options = options;
    this.#entry = new Entry(visitor, options);
    this.#frames = new FrameQueue(visitor.socket);
    const close = (name: CloseName, reason: string) => this.#end(name, reason);
    this.#writer = new VisitorWriter({ socket: visitor.socket, close }, options);
  }

  receive(text: string): void {
    this.#frames.add(() => this.#take(text));
  }

  leave(reason: string): void {
    this.#end('goingAway', reason);
  }

  /** It was AEP after all. */
  handOver(): void {
    this.#entry.handOver();
  }

  closed(): void {
    this.#entry.closed();
    this.#writer.closed();
    for (const client of this.#clients.values()) client.close();
    this.#clients.clear();
  }

  #end(name: CloseName, reason: string): void {
    this.#entry.close(name, reason);
    this.closed();
  }

  async #take(text: string): Promise<void> {
    let requestId: number | undefined;
    try {
      // The older engine has no frame for a credential: it is in a header of the request.
      await this.#entry.admit(undefined);
      const request = readEngineRequest(parse(text));
      requestId = request.requestId;
      const work = this.#do(request);
      // A prompt takes its time, and whoever sent it may stop it.
      if (request.type === 'execute') void work.catch((error: unknown) => this.#fail(error, requestId));
      else await work;
    } catch (error) {
      await this.#fail(error, requestId);
      if (!this.#entry.isAdmitted) this.#entry.close('unauthenticated', 'no credential');
    }
  }

  #fail(error: unknown, requestId: number | undefined): Promise<void> {
    const message = error instanceof Error ? error.message : String(error);
    return this.#say({ event: 'error', data: { message } }, requestId);
  }

  #do(request: EngineRequest): Promise<void> {
    switch (request.type) {
      case 'execute':
        return this.#execute(request);
      case 'stop':
        return this.#stop(request);
      case 'stats':
        return this.#stats(request);
      case 'version':
        return this.#say({ event: 'version', data: { version: this.#options.version } }, request.requestId);
      default:
        throw new GatewayError('INVALID_MESSAGE', `Unknown request type: ${request.type}`);
    }
  }

  async #execute(request: EngineRequest): Promise<void> {
    const { requestId, prompt, instructions } = request;
    if (prompt === '') throw new GatewayError('INVALID_MESSAGE', 'prompt cannot be empty');
    const sessionId = request.sessionId === '' ? this.#options.ids.uuid() : request.sessionId;
    const client = this.#client(sessionId, request);
    await client.connect();
    const turn = client.prompt(instructions ? `${instructions}\n\n${prompt}` : prompt);
    let failed = false;
    for await (const envelope of turn) {
      for (const event of toEngineEvents(envelope)) await this.#say(event, requestId);
      failed ||= envelope.event.type === 'error';
    }
    const { success, stats, stopReason } = await turn.done;
    if (!success && !failed)
      await this.#say({ event: 'error', data: { message: `stopped: ${stopReason}` } }, requestId);
    if (!success) return;
    const told = stats?._session && toSessionStats(sessionId, stats._session);
    if (told) await this.#say({ event: 'session_stats', data: told }, requestId);
    await this.#say({ event: 'completed', data: { session_id: sessionId, stats: told ?? {} } }, requestId);
  }

  /** As there: the agent ends, the conversation is kept, and the next prompt goes on with it. */
  async #stop({ requestId, sessionId }: EngineRequest): Promise<void> {
    const client = this.#open(sessionId, 'stop');
    await client.control('terminate');
    await this.#say({ event: 'stopped', data: { session_id: sessionId } }, requestId);
  }

  async #stats({ requestId, sessionId }: EngineRequest): Promise<void> {
    const id = this.#open(sessionId, 'stats').session?.session_id ?? '';
    const sessions = new SessionsApi(this.#inner());
    const { totals } = await sessions.get(id);
    await this.#say({ event: 'stats', data: toSessionStats(sessionId, totals) }, requestId);
  }

  #inner() {
    return innerClient(this.#options, { entry: this.#entry, reader: this.#writer });
  }

  #client(sessionId: string, { workDir, systemPrompt }: EngineRequest): AepClient {
    const known = this.#clients.get(sessionId);
    if (known) return known;
    const client = new AepClient({
      ...this.#inner(),
      ...{ workerType: this.#options.workerType, sessionId, client: { name: 'hotplexd' } },
      config: {
        ...(workDir === undefined ? {} : { work_dir: workDir }),
        ...(systemPrompt === undefined ? {} : { system_prompt: systemPrompt }),
      },
    });
    client.onConnection(({ status }) => {
      if (status === 'closed' && this.#clients.get(sessionId) === client) this.#clients.delete(sessionId);
    });
    this.#clients.set(sessionId, client);
    return client;
  }

  #open(sessionId: string, what: string): AepClient {
    if (sessionId === '') throw new GatewayError('INVALID_MESSAGE', `session_id is required for ${what}`);
    const client = this.#clients.get(sessionId);
    if (client) return client;
    const message = `${what}: nothing was executed in session ${sessionId} on this connection`;
    throw new GatewayError('SESSION_NOT_FOUND', message);
  }

  #say({ event, data }: EngineEvent, requestId: number | undefined): Promise<void> {
    const frame = { ...(requestId === undefined ? {} : { request_id: requestId }), event, data };
    return this.#writer.say(frame);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new GatewayError('INVALID_MESSAGE', 'Invalid JSON payload', { cause });
  }
}
