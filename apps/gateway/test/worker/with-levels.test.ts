import type { IsolationLevel } from '@hotplex/aep-protocol';
import { expect, test } from 'vitest';
import { withLevels } from '../../src/worker/with-levels.ts';
import type { WorkerDefinition } from '../../src/worker/worker.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createScriptedWorker } from '../support/scripted-worker.ts';

const listener = { onEvents() {}, onExit() {} };

/** An agent of which the operator asks that it has a process of its own at least. */
function open({ size = 0 } = {}) {
  const started: IsolationLevel[] = [];
  const closed: IsolationLevel[] = [];
  const { definition: agent } = createScriptedWorker({ process: 'hot' });
  const create = (level: IsolationLevel): WorkerDefinition => ({
    ...agent,
    capabilities: { ...agent.capabilities, permission_modes: [`as in ${level}`] },
    start(options, heard) {
      started.push(level);
      return agent.start(options, heard);
    },
    async close() {
      closed.push(level);
    },
  });
  const definition = withLevels({
    least: 'process',
    choices: [],
    create,
    spares: { clock: createManualClock(), size, maxWaitMs: 1_000 },
  });
  const start = (isolation?: IsolationLevel) => {
    const config = isolation ? { isolation } : {};
    const chosen = (isolation && definition.within?.(isolation)) ?? definition;
    return chosen.start({ workDir: '/', config }, listener);
  };
  return { definition, start, started, closed };
}

test('[B1] a session gets the level that it chose, and the operator’s where that is stronger', () => {
  const { definition, start, started } = open();
  start();
  start('sandbox');
  start('none');
  expect(started).toEqual(['process', 'sandbox', 'process']);
  expect(definition.within?.('none')).toBe(definition);
});

test('[B1] what is possible at a level only is told of that level only', () => {
  const { definition } = open();
  const told = ({ isolation, capabilities }: WorkerDefinition) => [isolation, capabilities.permission_modes];
  const sandbox = definition.within?.('sandbox') ?? definition;
  expect(told(definition)).toEqual(['process', ['as in process']]);
  expect(told(sandbox)).toEqual(['sandbox', ['as in sandbox']]);
  expect(definition.within?.('sandbox')).toBe(sandbox);
});

test('[S3] spare agents wait at the level at which they were asked for, and are counted together', async () => {
  const { definition, start, started, closed } = open({ size: 1 });
  start('sandbox');
  expect(started).toEqual(['sandbox', 'sandbox']);
  start('container');
  // The spare of the sandbox had to go; nobody gets it in the place of a container.
  expect(started).toEqual(['sandbox', 'sandbox', 'container', 'container']);
  await definition.close?.();
  expect(closed.toSorted()).toEqual(['container', 'process', 'sandbox']);
});
