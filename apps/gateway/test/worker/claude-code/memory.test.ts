import { expect, test } from 'vitest';
import { fromMemory, toMemory } from '../../../src/worker/claude-code/memory.ts';
import { replay, transcripts } from './replay.ts';

const ready = { models: [{ id: 'm' }], commands: [], permission_modes: ['default'], version: '2' };
const workDir = '/workspace';
const written = (memory: object): unknown => JSON.parse(JSON.stringify(memory));

test.each(transcripts)('[G8] %s: after every line, what is remembered is what was known', (name) => {
  replay(name, {
    each(conversation) {
      const commands = [['id', { command: 'set_model', args: 'm', extra: { model: 'm' } }] as const];
      const remembered = { conversation, ready, commands };
      expect(fromMemory(written(toMemory(remembered)), { workDir })).toEqual(remembered);
    },
  });
});

test('[G8] the memory of another version is none', () => {
  const { conversation } = replay('permission-allow');
  const memory = toMemory({ conversation, ready, commands: [] });
  expect(fromMemory(written({ ...memory, version: 1 }), { workDir })).toBeUndefined();
  expect(fromMemory(written({ ...memory, conversation: {} }), { workDir })).toBeUndefined();
  expect(fromMemory(undefined, { workDir })).toBeUndefined();
});
