import { expect, test } from 'vitest';
import type { OwnerTable } from '../../src/ground/owner-table.ts';

/** A table of a test's own, and a way to put sessions into its database. */
export type OwnerTableStage = {
  owners: OwnerTable;
  addSession(id: string, standing: { isUnfinished: boolean }): void;
};

/** What every table of owners does. */
export function ownerTableContract(name: string, open: () => Promise<OwnerTableStage>): void {
  const claim = { life: 'one', workspace: 'disk', before: undefined };

  test(`${name}: who is first has it, and who comes later sees whose it is`, async () => {
    const { owners, addSession } = await open();
    addSession('s', { isUnfinished: false });
    expect(await owners.standing('s')).toEqual({ exists: true, owner: undefined });
    const owner = { life: 'one', fence: 1, workspace: 'disk' };
    expect(await owners.claim('s', claim)).toEqual(owner);
    expect(await owners.claim('s', { ...claim, life: 'two' })).toBeUndefined();
    expect(await owners.standing('s')).toEqual({ exists: true, owner });
    expect(await owners.standing('other')).toEqual({ exists: false, owner: undefined });
  });

  test(`${name}: it changes hands from exactly who had it, with a higher fence, and keeps its disk`, async () => {
    const { owners, addSession } = await open();
    addSession('s', { isUnfinished: false });
    const before = await owners.claim('s', claim);
    const next = { life: 'two', workspace: 'another', before };
    expect(await owners.claim('s', next)).toEqual({ life: 'two', fence: 2, workspace: 'disk' });
    expect(await owners.claim('s', { ...next, life: 'three' })).toBeUndefined();
    if (before) await owners.release('s', before);
    expect((await owners.standing('s')).owner?.life).toBe('two');
  });

  test(`${name}: what was given away is nobody's, and anybody's to take`, async () => {
    const { owners, addSession } = await open();
    addSession('s', { isUnfinished: true });
    const owner = await owners.claim('s', claim);
    if (owner) await owners.release('s', owner);
    const before = { life: null, fence: 1, workspace: 'disk' };
    expect((await owners.standing('s')).owner).toEqual(before);
    expect(await owners.unfinishedOf(null)).toEqual(['s']);
    expect(await owners.claim('s', { ...claim, before })).toMatchObject({ fence: 2 });
  });

  test(`${name}: all that a life had moves to its next one, or is inherited with higher fences`, async () => {
    const { owners, addSession } = await open();
    for (const id of ['a', 'b']) {
      addSession(id, { isUnfinished: id === 'a' });
      await owners.claim(id, claim);
    }
    expect((await owners.move('one', 'two')).toSorted()).toEqual(['a', 'b']);
    expect((await owners.standing('a')).owner).toMatchObject({ life: 'two', fence: 1 });
    await owners.inherit('two', 'three');
    expect((await owners.standing('b')).owner).toMatchObject({ life: 'three', fence: 2 });
    expect(await owners.ownedBy('two')).toEqual([]);
    expect(await owners.unfinishedOf('three')).toEqual(['a']);
  });

  test(`${name}: work that is left is found by whose it is, also what is nobody's`, async () => {
    const { owners, addSession } = await open();
    for (const id of ['a', 'b', 'c']) addSession(id, { isUnfinished: id !== 'c' });
    await owners.claim('a', claim);
    await owners.claim('c', claim);
    expect(new Set(await owners.unfinishedLives())).toEqual(new Set(['one', null]));
    expect(await owners.unfinishedOf('one')).toEqual(['a']);
    expect(await owners.unfinishedOf(null)).toEqual(['b']);
  });
}
