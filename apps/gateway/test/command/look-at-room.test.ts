import { expect, test } from 'vitest';
import { lookAtRoom } from '../../src/command/doctor/look-at-room.ts';
import { readMachineLimits } from '../../src/command/doctor/machine-limits.ts';
import { configSchema } from '../../src/config-schema.ts';

const plenty = { files: Number.POSITIVE_INFINITY, tasks: Number.POSITIVE_INFINITY, bytes: 2 ** 40 };
const config = (worker: object) => configSchema.parse({ worker });

test('a machine that is large enough for the pool is all right', () => {
  expect(lookAtRoom(config({ pool: { max: 50 } }), plenty)).toEqual({
    state: 'ok',
    message: expect.stringMatching(
      /^the 50 agents of worker.pool.max have room: memory for \d+ \(400 MiB each\)/,
    ),
  });
});

test.each([
  { what: 'files', amount: 1_024, room: 103, remedy: 'LimitNOFILE=' },
  { what: 'tasks', amount: 4_915, room: 196, remedy: 'TasksMax=' },
  { what: 'bytes', amount: 8 * 2 ** 30, room: 19, remedy: 'more memory' },
])('too few $what: how many agents have room, and two ways out', ({ what, amount, room, remedy }) => {
  const { state, message } = lookAtRoom(config({ pool: { max: 1_000 } }), { ...plenty, [what]: amount });
  expect(state).toBe('warning');
  expect(message).toContain(`worker.pool.max is 1000, and there is room for ${room} agents at a time`);
  expect(message).toContain(`Set worker.pool.max to ${room}, or `);
  expect(message).toContain(remedy);
});

test('agents whose memory is limited count with their limit', () => {
  const limits = { ...plenty, bytes: 4 * 2 ** 30 };
  expect(lookAtRoom(config({ pool: { max: 50 } }), limits).state).toBe('warning');
  expect(lookAtRoom(config({ pool: { max: 50 }, max_memory: '64MB' }), limits).state).toBe('ok');
});

test('every limit of this machine is a number, and memory is one that it has', () => {
  const limits = readMachineLimits();
  for (const limit of Object.values(limits)) expect(limit).toBeGreaterThan(0);
  expect(Number.isFinite(limits.bytes)).toBe(true);
});
