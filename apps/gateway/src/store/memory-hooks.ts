import type { HookDelivery, NewHookDelivery } from '../ground/hook-delivery.ts';
import { pushTarget } from '../ground/push-device.ts';
import { type HookTable, mostDead, mostWaiting, tooManyWait } from './sqlite/hook-table.ts';

const isDevice = ({ target }: HookDelivery) => target.startsWith(pushTarget(''));

export type MemoryHooks = HookTable & {
  /** What goes with a session. */
  removeDead(sessionId: string): void;
  /** What goes with a receiver. */
  removeTarget(target: string): void;
};

/** Deliveries that last as long as the process. */
export function createMemoryHooks(): MemoryHooks {
  const rows = new Map<number, HookDelivery>();
  const gone = new Set<string>();
  let lastId = 0;
  const inOrder = (state: HookDelivery['state']) => [...rows.values()].filter((row) => row.state === state);

  function bury(row: HookDelivery, problem: string): void {
    if (gone.has(row.sessionId)) rows.delete(row.id);
    else rows.set(row.id, { ...row, state: 'dead', problem });
  }

  function trim(target: string): void {
    const dead = inOrder('dead').filter((row) => row.target === target);
    for (const { id } of dead.slice(0, -mostDead)) rows.delete(id);
  }

  return {
    append(delivery: NewHookDelivery, now) {
      lastId += 1;
      const fresh = { state: 'waiting', attempts: 0, dueAt: now, problem: null } as const;
      rows.set(lastId, { ...delivery, ...fresh, id: lastId });
    },
    nextDelivery: (target) =>
      inOrder('waiting')
        .filter((row) => row.target === target)
        .toSorted((a, b) => a.dueAt - b.dueAt || a.id - b.id)[0],
    forgetDelivery: (id) => void rows.delete(id),
    postponeDelivery(id, dueAt, problem) {
      const row = rows.get(id);
      if (!row) return;
      rows.set(id, { ...row, attempts: row.attempts + 1, dueAt, problem });
      const waiting = inOrder('waiting').filter(({ target }) => target === row.target);
      for (const old of waiting.slice(0, -mostWaiting)) bury(old, tooManyWait);
      trim(row.target);
    },
    buryDelivery(id, problem) {
      const row = rows.get(id);
      if (!row) return;
      bury({ ...row, attempts: row.attempts + 1 }, problem);
      trim(row.target);
    },
    buryStrangers(targets, problem) {
      for (const row of inOrder('waiting'))
        if (!isDevice(row) && !targets.includes(row.target)) bury(row, problem);
    },
    pushTargets: () => [
      ...new Set(
        inOrder('waiting')
          .filter(isDevice)
          .map(({ target }) => target),
      ),
    ],
    deadDeliveries: () => inOrder('dead'),
    reviveDelivery(id, now) {
      const row = rows.get(id);
      if (row?.state !== 'dead') return false;
      rows.set(id, { ...row, state: 'waiting', attempts: 0, dueAt: now });
      return true;
    },
    removeTarget(target) {
      for (const row of rows.values()) if (row.target === target) rows.delete(row.id);
    },
    removeDead(sessionId) {
      gone.add(sessionId);
      for (const row of inOrder('dead')) if (row.sessionId === sessionId) rows.delete(row.id);
    },
  };
}
