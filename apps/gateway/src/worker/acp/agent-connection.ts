import * as z from 'zod';
import type { WorkerEvent } from '../worker.ts';
import { RequestError } from './request-error.ts';

/** How an agent names its requests. */
export const rpcId = z.union([z.string(), z.number()]);
export type RpcId = z.infer<typeof rpcId>;

/** The agent's answer to a request of ours. */
export type Reply = { value: unknown } | { error: RequestError };
/** Takes an answer, and gives what is to be told of it. */
export type OnReply = (reply: Reply) => readonly WorkerEvent[];

const answer = z.looseObject({
  id: z.number(),
  result: z.unknown().optional(),
  error: z.looseObject({ code: z.number(), message: z.string(), data: z.unknown().optional() }).optional(),
});

/**
 * Our requests to the agent and its answers, over lines that somebody else reads and writes. NOTE: not the
 * connection of the protocol's SDK: that settles promises, later than the lines that follow. Here an answer is told with the
 * lines around it, and a request has a number that the next gateway can wait for.
 */
export class AgentConnection {
  readonly #write: (line: string) => void;
  readonly #waiting = new Map<number, OnReply>();
  readonly #onClose = new Set<() => void>();
  #nextId: number;

  constructor({ write, nextId = 1 }: { write: (line: string) => void; nextId?: number }) {
    this.#write = write;
    this.#nextId = nextId;
  }

  /** The number of the next request; no earlier one is used again, by whichever gateway. */
  get nextId(): number {
    return this.#nextId;
  }

  /** Sends a request and returns its number. */
  send(method: string, params: Record<string, unknown>, onReply: OnReply): number {
    const id = this.#nextId;
    this.#nextId += 1;
    this.expect(id, onReply);
    this.#say({ id, method, params });
    return id;
  }

  /** Waits for the answer to a request that an earlier gateway sent. */
  expect(id: number, onReply: OnReply): void {
    this.#waiting.set(id, onReply);
  }

  /** Rejects with RequestError if the agent refuses, and if the connection closes before it answers. */
  request(method: string, params: Record<string, unknown>): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const close = () => reject(new Error('the agent ended before it answered'));
    this.#onClose.add(close);
    this.send(method, params, (reply) => {
      this.#onClose.delete(close);
      if ('error' in reply) reject(reply.error);
      else resolve(reply.value);
      return [];
    });
    return promise;
  }

  notify(method: string, params: Record<string, unknown>): void {
    this.#say({ method, params });
  }

  /** Answers a request of the agent. */
  answer(id: RpcId, result: unknown): void {
    this.#say({ id, result });
  }

  refuse(id: RpcId, { code, message, data }: RequestError): void {
    this.#say({ id, error: { code, message, ...(data === undefined ? {} : { data }) } });
  }

  /** Takes the agent's answer to a request of ours. One that nobody waits for tells nothing. */
  settle(message: Record<string, unknown>): readonly WorkerEvent[] {
    const { data } = answer.safeParse(message);
    const onReply = data && this.#waiting.get(data.id);
    if (!onReply) return [];
    this.#waiting.delete(data.id);
    const { error, result } = data;
    return onReply(
      error ? { error: new RequestError(error.code, error.message, error.data) } : { value: result },
    );
  }

  close(): void {
    for (const close of this.#onClose) close();
  }

  #say(message: Record<string, unknown>): void {
    this.#write(JSON.stringify({ jsonrpc: '2.0', ...message }));
  }
}
