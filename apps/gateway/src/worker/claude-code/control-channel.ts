import type { Ids } from '../../ground/ids.ts';
import type { WorkerEvent } from '../worker.ts';
import type { RecordOf } from './messages.ts';
import { controlLine } from './outgoing.ts';

export type Reply = { value: Record<string, unknown> } | { failure: string };
type OnReply = (reply: Reply) => WorkerEvent[];
type Request = { subtype: string } & Record<string, unknown>;

/** Our requests to the CLI and what is to be made of each reply. */
export class ControlChannel {
  readonly #ids: Ids;
  readonly #write: (line: string) => void;
  readonly #open = new Map<string, OnReply>();

  constructor(ids: Ids, write: (line: string) => void) {
    this.#ids = ids;
    this.#write = write;
  }

  request(request: Request, onReply: OnReply = () => []): void {
    const id = this.#ids.uuid();
    this.#open.set(id, onReply);
    this.#write(controlLine(id, request));
  }

  /** A reply to something else than an open request is ignored. */
  replied({ response }: RecordOf<'control_response'>): WorkerEvent[] {
    const id = response.request_id ?? '';
    const onReply = this.#open.get(id);
    if (!onReply) return [];
    this.#open.delete(id);
    if (response.subtype !== 'success') return onReply({ failure: response.error ?? 'refused' });
    return onReply({ value: response.response ?? {} });
  }
}
