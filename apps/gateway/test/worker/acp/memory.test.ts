import { expect, test } from 'vitest';
import { fromMemory, type Remembered, toMemory } from '../../../src/worker/acp/memory.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { models } from './played-agent.ts';
import { replay, transcripts } from './replay.ts';

const clock = createManualClock();

const write = { path: '/repo/a', content: 'new', realPath: '/repo/a' };
const known: Omit<Remembered, 'conversation'> = {
  session: { id: 's', state: { models } },
  facts: { version: '1', resumesBy: 'session/load' },
  ready: { models: [{ id: 'm', name: 'M' }], version: '1' },
  work: { prompt: 3, commands: [[4, { command: 'set_model', args: 'm' }]] },
  host: {
    nextId: 5,
    asks: {
      open: new Map([
        [
          'a',
          {
            options: [{ id: 'yes', label: 'Yes', kind: 'allow_once' }],
            key: 'k',
            purpose: { is: 'write', requestId: 7, write },
          },
        ],
      ]),
      remembered: new Set(['k']),
    },
    requests: {
      allowedWrites: new Set(['/repo/a']),
      allowedCommands: new Set(['ls']),
      files: [
        ['r', { is: 'read', params: { path: '/repo/a' } }],
        [8, { is: 'write', write, written: true }],
      ],
    },
  },
};
const written = (memory: object): unknown => JSON.parse(JSON.stringify(memory));

test.each(transcripts)('[G8] %s: after every line, what is remembered is what was known', (name) => {
  replay(name, {
    each(conversation) {
      const remembered = { ...known, conversation };
      expect(fromMemory(written(toMemory(remembered, clock)), clock)).toEqual(remembered);
    },
  });
});

test('[G8] the memory of another version is none', () => {
  const { conversation } = replay('opencode-text');
  const memory = toMemory({ ...known, conversation }, clock);
  expect(fromMemory(written({ ...memory, version: 2 }), clock)).toBeUndefined();
  expect(fromMemory(written({ ...memory, conversation: {} }), clock)).toBeUndefined();
  expect(fromMemory(undefined, clock)).toBeUndefined();
});
