// Stands between acpx and the agent behind it, as a program of its own whose arguments are the agent's command line: what
// the agent asks for has to pass the gateway before acpx decides by its flags.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { GateTraffic } from './gate-traffic.ts';
import { readLines } from './read-lines.ts';
import { takeSetup } from './with-gate.ts';

const { answers, sessionMeta } = takeSetup(process.env);
const [file = '', ...args] = process.argv.slice(2);
const agent = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] });

const traffic = new GateTraffic({
  ...{ answers, sessionMeta },
  toClient: (line) => write(process.stdout, line),
  toAgent: (line) => write(agent.stdin, line),
});

agent.on('error', () => leave(127));
agent.on('exit', (code) => leave(code ?? 1));
process.on('SIGTERM', () => agent.kill('SIGTERM'));
// Who does not read any more is gone, and its own end says so.
for (const stream of [process.stdout, agent.stdin]) stream.on('error', () => {});

void carry(process.stdin, (line) => traffic.fromClient(line)).finally(() => agent.stdin.end());
void carry(agent.stdout, (line) => traffic.fromAgent(line));

/** Hands each line on once the one before has been taken: a flood fills no memory. */
async function carry(from: Readable, take: (line: string) => Promise<void>): Promise<void> {
  try {
    for await (const line of readLines(from)) await take(line);
  } catch {
    // Nobody could go on from here.
    agent.kill('SIGKILL');
  }
}

async function write(to: Writable, line: string): Promise<void> {
  if (to.destroyed || to.write(`${line}\n`)) return;
  await Promise.race([once(to, 'drain'), once(to, 'close')]).catch(() => {});
}

/** What was said before is still read; nothing else keeps the process. */
function leave(code: number): void {
  process.exitCode = code;
  traffic.close();
  process.stdin.destroy();
}
