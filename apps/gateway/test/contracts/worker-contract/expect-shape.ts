import { loggedEvents } from '@hotplex/aep-protocol';
import { expect } from 'vitest';
import type { WorkerEvent } from '../../../src/worker/worker.ts';

/** Words of the protocol must have its shape and no other field; those for the session alone are typed. */
export function expectShape({ type, data }: WorkerEvent): void {
  const word = Object.entries(loggedEvents).find(([kind]) => kind === type)?.[1];
  if (!word || type === 'done') return;
  expect(word.data.parse(data), type).toEqual(data);
}
