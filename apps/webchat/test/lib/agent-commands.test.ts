import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { expect, test } from 'vitest';
import { type AgentCommand, nextCommands } from '../../lib/agent-commands.ts';

const after = (...events: unknown[]) =>
  events
    .map(
      (event) =>
        ({ version: 'aep/v1', id: 'e', seq: 1, session_id: 's', timestamp: 0, event }) as ServerEnvelope,
    )
    .reduce(nextCommands, undefined as readonly AgentCommand[] | undefined);

test('a list of commands counts when it is whole', () => {
  const list = (names: string[], filter?: string) => ({
    type: 'skills_list',
    data: { skills: names.map((name) => ({ name })), total: names.length, ...(filter ? { filter } : {}) },
  });
  expect(after(list(['a', 'b']), list(['a'], 'a'))?.map(({ name }) => name)).toEqual(['a', 'b']);
});

test('an agent that has told none has none to ask twice for', () => {
  expect(after({ type: 'state', data: { state: 'idle' } })).toBeUndefined();
});
