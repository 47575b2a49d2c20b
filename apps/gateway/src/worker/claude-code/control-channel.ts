import type { Ids } from '../../ground/ids.ts';
import type { WorkerCommand, WorkerEvent } from '../worker.ts';
import type { RecordOf } from './messages.ts';
import { controlLine } from './outgoing.ts';

export type Reply = { value: Record<string, unknown> } | { failure: string };
type OnReply = (reply: Reply) => WorkerEvent[];
type Request = { subtype: string } & Record<string, unknown>;
export type Asked = {
  onReply: OnReply;
  /** The command that it carries out, so that a later gateway knows what to make of the reply. */
  command?: WorkerCommand;
};

/** Our requests to the CLI and what is to be made of each reply. */
export class ControlChannel {
  readonly #ids: Ids;
  readonly #write: (line: string) => void;
  readonly #open = new Map<string, Asked>();

  constructor(ids: Ids, write: (line: string) => void) {
    this.#ids = ids;
    this.#write = write;
  }

  /** The commands whose replies are still to come, by the id of the request. */
  get commands(): [id: string, command: WorkerCommand][] {
    return [...this.#open].flatMap(([id, { command }]) => (command ? [[id, command]] : []));
  }

  request(request: Request, asked: Asked = { onReply: () => [] }): void {
    const id = this.#ids.uuid();
    this.expect(id, asked);
    this.#write(controlLine(id, request));
  }

  /** Waits for the reply to a request that was written before. */
  expect(id: string, asked: Asked): void {
    this.#open.set(id, asked);
  }

  /** A reply to something else than an open request is ignored. */
  replied({ response }: RecordOf<'control_response'>): WorkerEvent[] {
    const id = response.request_id ?? '';
    const asked = this.#open.get(id);
    if (!asked) return [];
    this.#open.delete(id);
    if (response.subtype !== 'success') return asked.onReply({ failure: response.error ?? 'refused' });
    return asked.onReply({ value: response.response ?? {} });
  }
}
