// Starts a grandchild in a session of its own that ignores TERM, says both process ids, then waits or exits as told.
import { spawn } from 'node:child_process';

const stubborn = spawn(
  process.execPath,
  ['-e', 'process.on("SIGTERM",()=>{});setInterval(()=>{},1000);process.stdout.write("up\\n")'],
  {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
stubborn.stdout.once('data', () => {
  console.log(JSON.stringify({ child: process.pid, grandchild: stubborn.pid }));
  if (process.argv[2] === 'exit') process.exit(0);
});
setInterval(() => {}, 1_000);
