import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { agentEnvironment, onProcessor } from '../processors.ts';
import type { RunningSubject, Subject } from './subject.ts';

const plainRelay = fileURLToPath(new URL('plain-relay.ts', import.meta.url));

/** The least that a relay in Node can cost. */
export const plainNode: Subject = {
  name: 'plain-node',
  start: ({ agent }, under = []) => start([...under, process.execPath, plainRelay, agent]),
};

/** The least that any relay can cost. */
export const cRelay: Subject = {
  name: 'c-relay',
  start: ({ relay, agent }, under = []) => start([...under, relay, '--port', '0', '--', agent]),
};

async function start(command: readonly string[]): Promise<RunningSubject> {
  const [program, ...args] = onProcessor('measured', command);
  const child = spawn(program, args, {
    env: { PATH: process.env.PATH, ...agentEnvironment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [said = ''] = await once(createInterface({ input: child.stdout }), 'line');
  const port = Number(/^listening on (\d+)$/.exec(said)?.[1]);
  return {
    ...{ port, pid: child.pid ?? 0, header: '', init: 'hello', toPrompt: (words) => words },
    async [Symbol.asyncDispose]() {
      child.kill();
      await exited;
    },
  };
}
