import { expect, test } from 'vitest';
import { toTable } from '../src/command/to-table.ts';
import { listAgents, toAgentRows } from '../src/list-agents.ts';
import type { Availability } from '../src/worker/worker.ts';
import { createScriptedWorker } from './support/scripted-worker.ts';

const agent = (title: string, tested: string | null, availability: Availability) => ({
  ...createScriptedWorker().definition,
  ...{ title, type: title.toLowerCase(), tested, locate: async () => availability },
});
const at = (version: string | null): Availability => ({ available: true, version, path: '/bin/x' });

test('[H7] each agent: is it there, is this version tested, and how to get what is missing', async () => {
  const listed = await listAgents([
    agent('Alpha', '1.2.3', at('1.2.3')),
    agent('Beta', '1.2.3', at('2.0.0')),
    agent('Own', null, at(null)),
    agent('Gone', '3.0.0', { available: false, reason: 'gone was not found in PATH', install: 'get gone' }),
  ]);
  expect(toTable(toAgentRows(listed)).split('\n')).toEqual([
    'AGENT  TYPE   VERSION',
    'Alpha  alpha  1.2.3    tested',
    'Beta   beta   2.0.0    not tested with this version (tested with 1.2.3)',
    'Own    own             part of HotPlex',
    'Gone   gone   –        not usable: gone was not found in PATH. To install: get gone',
  ]);
});
