import { expect, test } from 'vitest';
import { fromMemory, toMemory } from '../../../src/worker/pi/memory.ts';
import type { Purpose } from '../../../src/worker/pi/purpose.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { replay, transcripts } from './replay.ts';

const facts = { models: [{ provider: 'p', id: 'm', name: 'M' }], commands: [{ name: 'skill:x' }] };
const surroundings = { workDir: '/workspace', config: {}, clock: createManualClock(0) };
const written = (memory: object): unknown => JSON.parse(JSON.stringify(memory));

test.each(transcripts)('[G8] %s: after every line, what is remembered is what was known', (name) => {
  replay(name, (conversation) => {
    conversation.policy.remembered.add('bash ls');
    const purposes: [string, Purpose][] = [
      ['a', { for: 'prompt', turn: 1 }],
      ['b', { for: 'steer', inputId: 'two' }],
      ['c', { for: 'own-turn', turn: 2, command: 'clear', type: 'new_session' }],
      ['d', { for: 'new-session' }],
      ['e', { for: 'command', command: { command: 'effort', args: 'high' } }],
    ];
    const remembered = { conversation, facts, purposes };
    expect(fromMemory(written(toMemory(remembered, surroundings.clock)), surroundings)).toEqual(remembered);
  });
});

test('[E3] a turn has lasted as long for the next gateway, whose clock begins anew', () => {
  const { conversation } = replay('sigterm-mid-turn');
  const [first, second] = [createManualClock(1_000), createManualClock(9_000)];
  first.advance(5_000);
  if (!conversation.turn) throw new Error('there is no turn');
  Object.assign(conversation.turn, { startedAt: 2_000, firstTokenAt: 2_500 });
  const memory = written(toMemory({ conversation, facts, purposes: [] }, first));
  const remembered = fromMemory(memory, { ...surroundings, clock: second });
  // At 6,000 on the wall the turn is 3 s old; at 9,000 it is 6 s old.
  expect(remembered?.conversation.turn).toMatchObject({ startedAt: -6_000, firstTokenAt: -5_500 });
});

test('[G8] the memory of another version is none', () => {
  const { conversation } = replay('tools');
  const memory = toMemory({ conversation, facts, purposes: [] }, surroundings.clock);
  expect(fromMemory(written({ ...memory, version: 2 }), surroundings)).toBeUndefined();
  expect(fromMemory(written({ ...memory, policy: undefined }), surroundings)).toBeUndefined();
  expect(fromMemory(undefined, surroundings)).toBeUndefined();
});
