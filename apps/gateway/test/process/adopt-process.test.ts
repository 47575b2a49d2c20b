import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createProcessTable } from '../../src/process/process-table.ts';
import { startFake } from './start-fake.ts';

const program = fileURLToPath(new URL('outliving-gateway.ts', import.meta.url));
const table = createProcessTable();

/** A folder with a gateway's things, and the gateways that ran on it. */
class Place implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'adopt-'));
  readonly #args: readonly string[];

  constructor(...args: number[]) {
    this.#args = args.map(String);
  }

  get log(): string {
    return readFileSync(join(this.folder, 'log'), 'utf8');
  }

  get agentPid(): number {
    return JSON.parse(readFileSync(join(this.folder, 'state.json'), 'utf8')).handle.pid;
  }

  get processes(): string[] {
    return readdirSync(join(this.folder, 'processes'));
  }

  async gateway(): Promise<Running> {
    const running = new Running(spawn(process.execPath, [program, this.folder, ...this.#args]));
    await running.says('up');
    return running;
  }

  async [Symbol.asyncDispose]() {
    if (existsSync(join(this.folder, 'state.json')) && this.processes.length > 0) {
      const last = await this.gateway();
      await last.stop();
    }
    rmSync(this.folder, { recursive: true });
  }
}

class Running {
  readonly #child: ChildProcessWithoutNullStreams;
  #said = '';

  constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    child.stdout.setEncoding('utf8').on('data', (text) => {
      this.#said += text;
    });
    child.stderr.pipe(process.stderr);
  }

  async says(words: string): Promise<string> {
    while (!this.#said.includes(words)) {
      await Promise.race([once(this.#child.stdout, 'data'), once(this.#child, 'exit')]);
      if (this.#child.exitCode !== null && !this.#said.includes(words))
        throw new Error(`ended: ${this.#said}`);
    }
    return this.#said;
  }

  write(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  async kill(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }

  async stop(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.write('stop');
    await gone;
  }
}

/** What test/fake-cli/counts.mjs writes. */
function counted(count: number, longest: number): string {
  const lines = Array.from({ length: count }, (_, index) => {
    return `${index + 1} ${'é'.repeat(((index + 1) * 7919) % longest)}\n`;
  });
  return `${lines.join('')}done\n`;
}

describe('a process that outlives its gateway', () => {
  test('[G8] goes on, hears what the next gateway says, and is told once, wherever the cut was', async () => {
    const [count, longest] = [400, 3_000];
    const expected = counted(count, longest);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(expected.length), { minLength: 1, maxLength: 4 }), async (cuts) => {
        await using place = new Place(count, longest);
        for (const cut of cuts.sort((a, b) => a - b)) {
          const gateway = await place.gateway();
          while (place.log.length < cut) await new Promise(setImmediate);
          await gateway.kill();
        }
        const pid = place.agentPid;
        const last = await place.gateway();
        while (!place.log.endsWith('done\n')) await new Promise(setImmediate);
        expect(place.log).toBe(expected);
        last.write('hello');
        while (!place.log.endsWith('heard hello\n')) await new Promise(setImmediate);
        expect(place.log).toBe(`${expected}heard hello\n`);
        expect(place.agentPid, 'the same process').toBe(pid);
        await last.stop();
        expect(place.processes).toEqual([]);
        expect(table.find(pid)?.zombie ?? true).toBe(true);
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  test('[G8] that ended while there was no gateway is told to its last word', async () => {
    await using place = new Place(300, 100);
    await (await place.gateway()).kill();
    const reader = readdirSync(join(place.folder, 'processes'));
    const spool = join(place.folder, 'processes', String(reader[0]), 'stdout');
    while (!readFileSync(spool, 'utf8').endsWith('done\n')) await new Promise(setImmediate);
    process.kill(place.agentPid, 'SIGKILL');
    const next = await place.gateway();
    const said = await next.says('"reason"');
    expect(said).toContain('"reason":"exited","code":null,"signal":null');
    expect(place.log).toBe(counted(300, 100));
    await next.stop();
    expect(place.processes).toEqual([]);
  });
});

describe('a process that cannot be gone on with', () => {
  const gone = { pid: 2 ** 22 + 1, startTime: '1', mark: 'nobody', folder: '/nowhere/nobody' };

  test('is told as an exit with words', async () => {
    await using fake = startFake('', { adopt: { handle: gone, offset: 0 } });
    expect(await fake.exit).toEqual({
      ...{ reason: 'killed', code: null, signal: null, stderr: '' },
      message:
        'the agent could not be gone on with after the gateway was restarted: what was written down of the agent process is gone',
    });
    expect(fake.exits).toHaveLength(1);
  });
});
