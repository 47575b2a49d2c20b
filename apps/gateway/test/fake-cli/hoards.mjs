// Starts a child that takes as many megabytes as the argument says, and says so; both wait.
import { spawn } from 'node:child_process';

if (process.argv[3] === 'child') {
  globalThis.hoard = Buffer.alloc(Number(process.argv[2]) * 1024 * 1024, 1);
  process.stdout.write('full\n');
} else {
  const args = [process.argv[1], process.argv[2], 'child'];
  spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'ignore'] });
}
setInterval(() => {}, 60_000);
