import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { createProcessTable } from '../../src/process/process-table.ts';

const program = fileURLToPath(new URL('outliving-gateway.ts', import.meta.url));
const table = createProcessTable();

type Agent = {
  /** Of test/fake-cli. */
  program: string;
  args?: readonly (string | number)[];
  /** Default: true. */
  lasting?: boolean;
  /** How long agents may be without a gateway. Default: a minute. */
  graceMs?: number;
  /** Whether a gateway goes on with the agent of the last one. Default: true. */
  adopts?: boolean;
};

export function isAlive(pid: number): boolean {
  return table.find(pid)?.zombie === false;
}

/** Waits for something that the machine does in its own time. */
export async function eventually(holds: () => unknown): Promise<void> {
  await expect.poll(holds, { timeout: 30_000, interval: 10 }).toBeTruthy();
}

/** A folder with a gateway's things, for one gateway after the other; whatever is left at the end is ended. */
export class Place implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'gateway-'));
  readonly #agent: Agent;
  readonly #gateways: KillableGateway[] = [];

  constructor(agent: Agent) {
    this.#agent = agent;
  }

  async start(changes: Partial<Agent> = {}): Promise<KillableGateway> {
    const defaults = { args: [], lasting: true, graceMs: 60_000, adopts: true };
    const options = { ...defaults, ...this.#agent, ...changes };
    const args = { ...options, args: options.args.map(String) };
    const gateway = new KillableGateway(spawn(execPath, [program, this.folder, JSON.stringify(args)]));
    this.#gateways.push(gateway);
    await gateway.says('up');
    return gateway;
  }

  /** What the agent said, as the gateways kept it. */
  get log(): string {
    return readFileSync(join(this.folder, 'log'), 'utf8');
  }

  get agentPid(): number {
    return JSON.parse(readFileSync(join(this.folder, 'state.json'), 'utf8')).pid;
  }

  /** What is left beside the keeper's own: the folders of processes. */
  get processes(): string[] {
    return this.#entries.filter((name) => !['lease', 'keeper'].includes(name));
  }

  /** The keepers that run for this folder. */
  get keepers(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => isAlive(pid) && commandOf(pid).includes(`hotplex-keeper\0${this.folder}/processes\0`));
  }

  get #entries(): string[] {
    return readdirSync(join(this.folder, 'processes'));
  }

  async [Symbol.asyncDispose]() {
    for (const gateway of this.#gateways) await gateway.kill();
    await (await this.start({ program: 'echo', adopts: false })).stop();
    const left = [...this.#entries, ...this.keepers];
    rmSync(this.folder, { recursive: true });
    if (left.length > 0) throw new Error(`an orderly stop left ${left} behind`);
  }
}

export class KillableGateway {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #gone: Promise<unknown>;
  #said = '';

  constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    this.#gone = once(child, 'close');
    child.stdout.setEncoding('utf8').on('data', (text) => {
      this.#said += text;
    });
    child.stderr.pipe(process.stderr);
  }

  /** Resolves with all it said so far, as soon as these words are part of it. */
  async says(words: string): Promise<string> {
    await eventually(() => this.#said.includes(words) || this.#child.exitCode !== null);
    expect(this.#said).toContain(words);
    return this.#said;
  }

  write(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#gone;
  }

  async stop(): Promise<void> {
    this.write('stop');
    await this.#gone;
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
