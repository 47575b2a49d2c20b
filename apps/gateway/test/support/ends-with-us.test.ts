import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isAlive } from '../contracts/worker-contract/is-alive.ts';

const program = fileURLToPath(new URL('guarded-program.ts', import.meta.url));

test('what tests started ends with them, and keeps nobody waiting for the end of what they say', async () => {
  const tests = spawn(process.execPath, [program], { stdio: 'pipe' });
  const [pid] = await once(tests.stdout, 'data');
  const [heard] = await once(tests.stderr, 'data');
  expect(String(heard)).toBe('heard\n');
  tests.kill('SIGTERM');
  expect(await once(tests, 'close')).toEqual([null, 'SIGTERM']);
  await expect.poll(() => isAlive(Number(pid))).toBe(false);
});
