import { expect, test } from 'vitest';
import { toStartProblem } from '../../lib/start-problem.ts';

const failed = (details: object) => ({ code: 'WORKER_START_FAILED', message: 'no', details });

test('a directory that is gone and an agent that is gone are told apart, and from all else', () => {
  expect(toStartProblem(failed({ field: 'work_dir', problem: 'not_a_directory' }))).toEqual({
    ...{ kind: 'work-dir', problem: 'not_a_directory' },
  });
  const missing = { field: 'worker_type', problem: 'not_installed', agent: 'Pi', install: 'npm i -g pi' };
  expect(toStartProblem(failed(missing))).toEqual({ kind: 'missing', agent: 'Pi', install: 'npm i -g pi' });
  expect(toStartProblem(failed({ exit_code: 1 }))).toBeUndefined();
  expect(
    toStartProblem({ ...failed({ field: 'work_dir', problem: 'x' }), code: 'WORKER_CRASH' }),
  ).toBeUndefined();
  expect(toStartProblem(new Error('no'))).toBeUndefined();
});
