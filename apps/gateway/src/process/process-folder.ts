import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type GatewayName, type ProcessRecord, processRecord } from './process-record.ts';
import { withSpareDescriptor } from './spare-descriptor.ts';

/** The folder of one process: what is written down of it, and, if it is to outlive the gateway, its input and output. */
export class ProcessFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Its name is the mark of the process. */
  get mark(): string {
    return basename(this.path);
  }

  /** A FIFO. */
  get stdin(): string {
    return join(this.path, 'stdin');
  }

  get stdout(): string {
    return join(this.path, 'stdout');
  }

  get stderr(): string {
    return join(this.path, 'stderr');
  }

  /** Holds `1` while the gateway has bytes for the process that the kernel has not taken yet. */
  get unsent(): string {
    return join(this.path, 'unsent');
  }

  /** Undefined if the folder is gone or what is written there makes no sense. */
  read(): ProcessRecord | undefined {
    try {
      return processRecord.parse(
        JSON.parse(withSpareDescriptor(() => readFileSync(join(this.path, 'process.json'), 'utf8'))),
      );
    } catch {
      return undefined;
    }
  }

  /** In one go: a reader sees the old record or the new one. Throws if the folder is gone. */
  write(record: Omit<ProcessRecord, 'mark'>): void {
    const file = join(this.path, 'process.json');
    writeFileSync(`${file}.new`, JSON.stringify({ mark: this.mark, ...record }), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }

  /** Says that the process is this gateway's from now on. Throws if the folder is gone or holds no record. */
  claim(gateway: GatewayName): void {
    const record = this.read();
    if (!record) throw new Error(`${this.path} holds no process`);
    this.write({ ...record, gateway });
  }

  /** Does nothing if it is gone already; throws what the file system says otherwise. */
  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

/** Makes the folder of a process that is about to start. Throws what the file system says. */
export function makeProcessFolder(folder: string, mark: string): ProcessFolder {
  const made = new ProcessFolder(join(folder, mark));
  mkdirSync(made.path, { recursive: true, mode: 0o700 });
  return made;
}

/** The folders of all processes that are written down here. */
export function listProcessFolders(folder: string): ProcessFolder[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => new ProcessFolder(join(folder, entry.name)));
  } catch {
    return [];
  }
}
