import type { Ids } from '../../ground/ids.ts';
import type { WorkerEvent } from '../worker.ts';
import type { RecordOf } from './messages.ts';
import { commandLine, type PiCommand } from './outgoing.ts';
import type { Purpose } from './purpose.ts';

export type Reply = { value: unknown } | { failure: string };
type OnReply = (reply: Reply) => readonly WorkerEvent[];

type ChannelOptions = {
  ids: Ids;
  write(line: string): void;
  /** What the reply to what was asked for a purpose means. */
  onReply(purpose: Purpose, reply: Reply): readonly WorkerEvent[];
};

/** Our commands to Pi and what is to be made of each reply. Replies may come in any order. */
export class RequestChannel {
  readonly #options: ChannelOptions;
  readonly #open = new Map<string, OnReply | Purpose>();

  constructor(options: ChannelOptions) {
    this.#options = options;
  }

  /** What the replies that are still to come are for, by the id of the request; those that matter beyond this gateway. */
  get purposes(): [id: string, purpose: Purpose][] {
    return [...this.#open].flatMap(([id, asked]) => (typeof asked === 'function' ? [] : [[id, asked]]));
  }

  request(command: PiCommand, onReply: OnReply = () => []): void {
    this.#write(command, onReply);
  }

  ask(command: PiCommand, purpose: Purpose): void {
    this.#write(command, purpose);
  }

  /** Waits for the reply to what an earlier gateway asked. */
  expect(id: string, purpose: Purpose): void {
    this.#open.set(id, purpose);
  }

  /** A reply to something else than an open request is ignored. */
  replied({ id, success, data, error }: RecordOf<'response'>): readonly WorkerEvent[] {
    const asked = this.#open.get(id ?? '');
    if (!asked) return [];
    this.#open.delete(id ?? '');
    const reply = success ? { value: data } : { failure: error ?? 'Pi refused without a reason' };
    return typeof asked === 'function' ? asked(reply) : this.#options.onReply(asked, reply);
  }

  #write(command: PiCommand, asked: OnReply | Purpose): void {
    const id = this.#options.ids.uuid();
    this.#open.set(id, asked);
    this.#options.write(commandLine(id, command));
  }
}
