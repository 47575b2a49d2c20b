#!/usr/bin/env node
// Stands in for docker: writes down how it was called, and runs the program here, with no walls at all. A killed one leaves
// its container, as the real one does. What `docker run` of 28.2 and `podman run` of 5.4 do not both know is refused, as they do.
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';

const [command, ...args] = process.argv.slice(2);
appendFileSync(process.env.RECORD, `${JSON.stringify({ command, args, environment: process.env })}\n`);
const known = new Set([
  ...[
    'cap-drop',
    'entrypoint',
    'env',
    'init',
    'interactive',
    'log-driver',
    'memory',
    'mount',
    'name',
    'network',
  ],
  ...['pids-limit', 'pull', 'read-only', 'rm', 'security-opt', 'tmpfs', 'ulimit', 'user', 'workdir'],
]);
if (command === 'run') {
  const at = args.findIndex((arg) => !arg.startsWith('--'));
  const options = args.slice(0, at).map((arg) => /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? [arg, arg]);
  const unknown = options.find(([, name]) => !known.has(name));
  if (unknown || args[at] !== 'agents:1') {
    process.stderr.write(`unknown: ${unknown?.[0] ?? args[at]}\n`);
    process.exit(125);
  }
  const [, , program] = options.find(([, name]) => name === 'entrypoint');
  const child = spawn(program, args.slice(at + 1), { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) =>
    process.exit(signal === null ? code : 128 + { SIGKILL: 9, SIGTERM: 15 }[signal]),
  );
}
