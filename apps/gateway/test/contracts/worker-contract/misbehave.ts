// Runs a program with its arguments and passes its stdio on, but adds to its outputs what no adapter may fall over.
//   node misbehave.ts <hostility> <program> [argument…]
import { spawn } from 'node:child_process';
import type { Hostility } from './contract.ts';

const [hostility = '', file = '', ...args] = process.argv.slice(2);

const garbage = [
  '',
  'Segmentation fault (core dumped)',
  '{',
  'null',
  '[]',
  '42',
  '{"type":7}',
  '{"type":"no-such"}',
];

/** What is written before the first line of the program, and again before its second. */
const additions: Readonly<Record<Hostility, () => void>> = {
  garbage() {
    for (const line of garbage) process.stdout.write(`${line}\n`);
    process.stdout.write(Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x0a]));
  },
  'cut-lines'() {},
  'long-line': () =>
    void process.stdout.write(`{"type":"no-such","words":"${'x'.repeat(20 * 1024 * 1024)}"}\n`),
  'stderr-flood'() {
    for (let line = 0; line < 20_000; line++) process.stderr.write(`${line}: ${'noise '.repeat(100)}\n`);
  },
};

const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] });
process.stdin.pipe(child.stdin);
child.stdin.on('error', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));

/** One write after the other, so that each piece is likely to be a read of its own. */
let written = Promise.resolve();
const write = (bytes: Uint8Array) => {
  written = written.then(
    () => new Promise((resolve) => process.stdout.write(bytes, () => setImmediate(resolve))),
  );
};

let atLineStart = true;
let additionsLeft = 2;
child.stdout.on('data', (chunk: Buffer) => {
  if (atLineStart && additionsLeft > 0) {
    additionsLeft -= 1;
    written = written.then(additions[hostility as Hostility]);
  }
  // A piece of this size cuts lines, words and the bytes of one letter.
  const size = hostility === 'cut-lines' ? 61 : chunk.length;
  for (let at = 0; at < chunk.length; at += size) write(chunk.subarray(at, at + size));
  atLineStart = chunk.at(-1) === 0x0a;
});

child.on('close', async (code, signal) => {
  await written;
  // Half a line, as a process leaves it that dies while it writes.
  if (hostility === 'cut-lines') process.stdout.write('{"type":"half a li');
  if (signal) process.kill(process.pid, 'SIGKILL');
  process.exitCode = code ?? 1;
  process.stdin.destroy();
});
