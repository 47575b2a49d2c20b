// Starts a grandchild that has a session of its own and ignores SIGTERM, and prints its pid.
// --same-group: the grandchild stays in our group and session.
// --exit: then ends, so that the grandchild loses its parent.  --hold-stdout: the grandchild keeps our output open.
// --wipe-environment: the grandchild gets an empty environment.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const flags = new Set(process.argv.slice(2));
const grandchild = spawn(process.execPath, [fileURLToPath(new URL('ignores-term.mjs', import.meta.url))], {
  detached: !flags.has('--same-group'),
  env: flags.has('--wipe-environment') ? {} : process.env,
  stdio: ['ignore', flags.has('--hold-stdout') ? 'inherit' : 'ignore', 'ignore', 'ipc'],
});
grandchild.once('message', () => {
  process.stdout.write(`grandchild ${grandchild.pid}\n`, () => {
    if (flags.has('--exit')) process.exit(0);
  });
});
