// A stand-in for a process of tests that never ends: starts a program and says who that is.
import { spawn } from 'node:child_process';
import { endsWithUs } from './ends-with-us.ts';

const words = 'console.error("heard"); setInterval(() => {}, 1000)';
const child = endsWithUs(spawn(process.execPath, ['-e', words], { stdio: ['ignore', 'ignore', 'pipe'] }));
console.log(child.pid);
setInterval(() => {}, 1_000);
