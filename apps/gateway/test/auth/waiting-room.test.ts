import { expect, test } from 'vitest';
import { WaitingRoom } from '../../src/auth/waiting-room.ts';
import { createManualClock } from '../support/manual-clock.ts';

function openRoom() {
  const clock = createManualClock();
  return { clock, room: new WaitingRoom(clock, { places: 6, placesPerAddress: 4 }) };
}
const enterMany = (room: WaitingRoom, address: string, count: number) =>
  Promise.all(Array.from({ length: count }, () => room.enter(address)));
const settled = () => new Promise(setImmediate);

test('[W4] one address has its places, however it is spelled; others have theirs', async () => {
  const { clock, room } = openRoom();
  await enterMany(room, '10.0.0.1', 4);
  const fifth = room.enter('::ffff:10.0.0.1');
  await room.enter('10.0.0.2');
  expect(room.size).toBe(5);
  clock.advance(5_000);
  await expect(fifth).rejects.toMatchObject({ code: 'RATE_LIMITED' });
});

test('[W4] there are so many places in all', async () => {
  const { clock, room } = openRoom();
  for (let host = 1; host <= 6; host++) await room.enter(`10.0.0.${host}`);
  const seventh = room.enter('10.0.0.7');
  clock.advance(5_000);
  await expect(seventh).rejects.toMatchObject({ code: 'GATEWAY_OVERLOAD' });
});

test('[W4] two hundred at once come in one after the other, as fast as places are given back', async () => {
  const { room } = openRoom();
  let [entered, most] = [0, 0];
  const visits = Array.from({ length: 200 }, async () => {
    const leave = await room.enter('10.0.0.1');
    entered += 1;
    most = Math.max(most, room.size);
    await settled();
    leave();
    leave();
  });
  await Promise.all(visits);
  expect({ entered, most, left: room.size }).toEqual({ entered: 200, most: 4, left: 0 });
});

test('[G10] the queue has an end, and one address cannot fill it', async () => {
  const { room } = openRoom();
  await enterMany(room, '10.0.0.1', 4);
  const waiting = Array.from({ length: 256 }, () => room.enter('10.0.0.1'));
  for (const visit of waiting) visit.catch(() => {});
  await expect(room.enter('10.0.0.1')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  await expect(room.enter('10.0.0.2')).resolves.toBeTypeOf('function');
});
