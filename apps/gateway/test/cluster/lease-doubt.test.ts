import { describe, expect, test } from 'vitest';
import { rest } from './support/rest.ts';
import { openCluster } from './support/routed-nodes.ts';

describe('a node whose lease is in doubt', () => {
  test('a node whose lease is in doubt takes up nothing, and lets go of what others have by now', async () => {
    const { table, second, a, b } = openCluster();
    a.begin('s');
    a.bus.goSilent();
    table.sessions.set('other', false);
    expect(await a.router.place('other')).toEqual({ life: b.bus.self.life });
    table.rows.set('s', { life: b.bus.self.life, fence: 2, workspace: 'disk' });
    await second();
    expect(a.here.size).toBe(0);
  });

  test('who reaches neither the others nor the database for as long as those wait lets go of everything', async () => {
    const { table, second, a } = openCluster();
    a.begin('s');
    a.bus.goSilent();
    table.failure = new Error('down');
    for (let seconds = 0; seconds < 9; seconds += 1) await second();
    expect([...a.here]).toEqual(['s']);
    for (let seconds = 0; seconds < 3; seconds += 1) await second();
    expect(a.here.size).toBe(0);
  });

  test('what a node in doubt has let go of and nobody took it finds by itself', async () => {
    const { table, a } = openCluster();
    a.begin('busy', { isUnfinished: true });
    a.router.letGoOfAll();
    await a.lostWork.look();
    expect([...a.here]).toEqual(['busy']);
    expect(table.rows.get('busy')).toMatchObject({ life: a.bus.self.life, fence: 2 });
  });

  test('that there is no answer at all is as good as an error: the time that others wait runs', async () => {
    const { table, second, a } = openCluster();
    a.begin('s');
    a.bus.goSilent();
    table.ownedBy = () => new Promise(() => {});
    for (let seconds = 0; seconds < 9; seconds += 1) await second();
    expect([...a.here]).toEqual(['s']);
    for (let seconds = 0; seconds < 3; seconds += 1) await second();
    expect(a.here.size).toBe(0);
  });

  test('who has its lease again and cannot ask the database yet what is its own lets go of everything, too', async () => {
    const { table, lose, second, a } = openCluster();
    a.begin('s');
    table.failure = new Error('down');
    await lose(a);
    a.bus.comeBack();
    expect(a.bus.isHeld).toBe(true);
    for (let seconds = 0; seconds < 12; seconds += 1) await second();
    expect(a.here.size).toBe(0);
    table.failure = undefined;
    await second();
    expect(a.router.isMoving).toBe(false);
    expect(await a.router.place('s')).toBe('here');
  });

  test('what just began is not let go of because its first write is on its way', async () => {
    const { table, second, a, b } = openCluster();
    a.begin('s', { isStored: false });
    a.bus.goSilent();
    await second();
    expect([...a.here]).toEqual(['s']);
    table.sessions.set('s', false);
    table.rows.set('s', { life: b.bus.self.life, fence: 2, workspace: 'disk' });
    await second();
    expect(a.here.size).toBe(0);
  });

  test('what just began and is stored between the two questions is not let go of', async () => {
    const { table, second, a } = openCluster();
    const { ownedBy } = table;
    a.begin('s', { isStored: false });
    table.ownedBy = async (life) => {
      const ours = await ownedBy(life);
      table.sessions.set('s', false);
      table.rows.set('s', { life: a.bus.self.life, fence: 1, workspace: 'disk' });
      return ours;
    };
    a.bus.goSilent();
    await second();
    expect([...a.here]).toEqual(['s']);
  });

  test('that the database answers and cannot be written to is no answer while a node moves to its next life', async () => {
    const { table, lose, second, a } = openCluster();
    a.begin('s');
    table.move = async () => {
      throw new Error('read only');
    };
    await lose(a);
    a.bus.comeBack();
    for (let seconds = 0; seconds < 12; seconds += 1) await second();
    expect(a.here.size).toBe(0);
  });

  test('[R3] nobody waits for ever while a node moves to its next life', async () => {
    const { table, lose, second, a } = openCluster();
    a.begin('s');
    table.failure = new Error('down');
    await lose(a);
    a.bus.comeBack();
    const asked = a.router.place('s').catch((error: unknown) => error);
    for (let seconds = 0; seconds < 6; seconds += 1) await second();
    await rest();
    expect(await asked).toMatchObject({ code: 'RECONNECT_REQUIRED' });
  });
});
