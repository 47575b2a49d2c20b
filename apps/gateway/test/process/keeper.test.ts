import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { eventually, isAlive, Place } from './killable-gateway.ts';

async function grandchildOf(place: Place): Promise<number> {
  await eventually(() => /^grandchild \d+\n/.test(place.log));
  return Number(place.log.split(/\s/)[1]);
}

describe('the keeper', () => {
  test('[G8] ends what no gateway goes on with, grandchildren in their own session too, but not before its time', async () => {
    await using place = new Place({ program: 'leaves-grandchild', graceMs: 2_000 });
    const gateway = await place.start();
    const pids = [place.agentPid, await grandchildOf(place)];
    expect(place.keepers).toHaveLength(1);
    await gateway.kill();
    const killed = performance.now();
    await eventually(() => !pids.some(isAlive));
    expect(performance.now() - killed).toBeGreaterThan(2_000);
    await eventually(() => place.processes.length === 0 && place.keepers.length === 0);
  });

  test('[G8] ends a whole tree with the gateway where nothing is to live on', async () => {
    await using place = new Place({ program: 'leaves-grandchild', graceMs: 0 });
    const gateway = await place.start();
    const pids = [place.agentPid, await grandchildOf(place)];
    await gateway.kill();
    const killed = performance.now();
    await eventually(() => !pids.some(isAlive));
    expect(performance.now() - killed).toBeLessThan(5_000);
  });

  test('[G8] ends at once what no gateway could go on with', async () => {
    await using place = new Place({ program: 'forever', lasting: false });
    const gateway = await place.start();
    const pid = place.agentPid;
    await gateway.kill();
    await eventually(() => !isAlive(pid));
    await eventually(() => place.processes.length === 0);
    expect(place.keepers).toHaveLength(1);
  });

  test('leaves alone what a gateway went on with, and there is one for all gateways', async () => {
    await using place = new Place({ program: 'forever', graceMs: 4_000 });
    const keepers = new Set<number>();
    const begin = performance.now();
    while (performance.now() - begin < 6_000) {
      const gateway = await place.start();
      for (const pid of place.keepers) keepers.add(pid);
      await gateway.kill();
    }
    const pid = place.agentPid;
    await place.start();
    expect(isAlive(pid)).toBe(true);
    expect(place.agentPid).toBe(pid);
    expect(keepers.size).toBe(1);
    expect(place.keepers).toEqual([...keepers]);
  });

  test('is replaced if somebody killed it', async () => {
    await using place = new Place({ program: 'forever' });
    await (await place.start()).kill();
    const [first = 0] = place.keepers;
    process.kill(first, 'SIGKILL');
    await place.start();
    await eventually(() => place.keepers.length === 1);
    expect(place.keepers).not.toEqual([first]);
  });

  test('is gone after an orderly stop, with every process and every folder', async () => {
    await using place = new Place({ program: 'leaves-grandchild' });
    const gateway = await place.start();
    const pids = [place.agentPid, await grandchildOf(place)];
    await gateway.stop();
    expect(pids.filter(isAlive)).toEqual([]);
    expect(place.processes).toEqual([]);
    expect(place.keepers).toEqual([]);
  });
});

describe('a start', () => {
  test.each([true, false])(
    '[G8] ends what the last gateway left and nobody goes on with (lasting: %s)',
    async (lasting) => {
      await using place = new Place({ program: 'leaves-grandchild', lasting, adopts: false });
      const gateway = await place.start();
      const pids = [place.agentPid, await grandchildOf(place)];
      await gateway.kill();
      await place.start({ program: 'forever' });
      expect(pids.filter(isAlive)).toEqual([]);
      expect(place.processes).toHaveLength(1);
    },
  );

  test('[G8] finds a grandchild in its own session by the mark, though its parent and what was written down are gone', async () => {
    await using place = new Place({ program: 'leaves-grandchild', adopts: false });
    const gateway = await place.start();
    const [agent, grandchild] = [place.agentPid, await grandchildOf(place)];
    await gateway.kill();
    process.kill(agent, 'SIGKILL');
    await eventually(() => !isAlive(agent));
    expect(isAlive(grandchild)).toBe(true);
    rmSync(join(place.folder, 'processes', String(place.processes[0]), 'process.json'));
    await place.start({ program: 'forever' });
    expect(isAlive(grandchild)).toBe(false);
  });
});
