import * as z from 'zod';
import type { AgentConnection, RpcId } from './agent-connection.ts';
import { fileWrite, readTextFile, writeTextFile } from './file-requests.ts';
import { toRequestError } from './request-error.ts';

/** A file that is being read or written for the agent. Plain JSON. */
export const fileWork = z.discriminatedUnion('is', [
  z.object({ is: z.literal('read'), params: z.unknown() }),
  z.object({ is: z.literal('write'), write: fileWrite, written: z.boolean() }),
]);
export type FileWork = z.infer<typeof fileWork>;

export type FilesUnderwayOptions = {
  workDir: string;
  connection: AgentConnection;
  /** A step was done, which the next gateway must not do again. */
  onChange(): void;
};

/**
 * Files that are read or written for an agent that waits. That a file was written is noted before the agent learns of it:
 * a gateway that finds it not written does it again, and the agent cannot have changed the file since.
 */
export class FilesUnderway {
  readonly #options: FilesUnderwayOptions;
  readonly #works = new Map<RpcId, FileWork>();

  constructor(options: FilesUnderwayOptions) {
    this.#options = options;
  }

  get entries(): [RpcId, FileWork][] {
    return [...this.#works];
  }

  /** Begins it, or goes on with it; it is answered when it is done. */
  begin(id: RpcId, work: FileWork): void {
    this.#works.set(id, work);
    void this.#finish(id, work);
  }

  async #finish(id: RpcId, work: FileWork): Promise<void> {
    const { connection, onChange } = this.#options;
    try {
      connection.answer(id, await this.#carryOut(id, work));
    } catch (error) {
      connection.refuse(id, toRequestError(error));
    }
    this.#works.delete(id);
    onChange();
  }

  async #carryOut(id: RpcId, work: FileWork): Promise<unknown> {
    const { workDir, onChange } = this.#options;
    if (work.is === 'read') return readTextFile(work.params, { workDir });
    if (work.written) return {};
    const result = await writeTextFile(work.write, { workDir });
    this.#works.set(id, { ...work, written: true });
    onChange();
    return result;
  }
}
