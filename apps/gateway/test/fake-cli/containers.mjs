#!/usr/bin/env node
// Stands in for docker: writes down how it was called, and runs the program here, with no walls at all. A killed one leaves
// its container, as the real one does.
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';

const [command, ...args] = process.argv.slice(2);
appendFileSync(process.env.RECORD, `${JSON.stringify({ command, args, environment: process.env })}\n`);
if (command === 'run') {
  const program = args.slice(args.indexOf('agents:1') + 1);
  const child = spawn(program[0], program.slice(1), { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) =>
    process.exit(signal === null ? code : 128 + { SIGKILL: 9, SIGTERM: 15 }[signal]),
  );
}
