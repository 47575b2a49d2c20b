import type { Ids } from '../../ground/ids.ts';
import type { WorkerEvent } from '../worker.ts';
import type { RecordOf } from './messages.ts';
import { commandLine, type PiCommand } from './outgoing.ts';

export type Reply = { value: unknown } | { failure: string };
type OnReply = (reply: Reply) => readonly WorkerEvent[];

/** Our commands to Pi and what is to be made of each reply. Replies may come in any order. */
export class RequestChannel {
  readonly #ids: Ids;
  readonly #write: (line: string) => void;
  readonly #open = new Map<string, OnReply>();

  constructor(ids: Ids, write: (line: string) => void) {
    this.#ids = ids;
    this.#write = write;
  }

  request(command: PiCommand, onReply: OnReply = () => []): void {
    const id = this.#ids.uuid();
    this.#open.set(id, onReply);
    this.#write(commandLine(id, command));
  }

  /** A reply to something else than an open request is ignored. */
  replied({ id, success, data, error }: RecordOf<'response'>): readonly WorkerEvent[] {
    const onReply = this.#open.get(id ?? '');
    if (!onReply) return [];
    this.#open.delete(id ?? '');
    return onReply(success ? { value: data } : { failure: error ?? 'Pi refused without a reason' });
  }
}
