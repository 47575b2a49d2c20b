import { expect, test } from 'vitest';
import { hasRoom, makeRoom, type PoolMember } from '../../src/session/worker-pool.ts';

function member(ownerId: string, idleSince: number | undefined, hasWorker = true) {
  const ended: string[] = [];
  const it: PoolMember = {
    ownerId,
    hasWorker,
    isEnding: false,
    idleSince,
    collect: (reason) => void ended.push(reason),
  };
  return Object.assign(it, { ended });
}
const limits = { max: 3, maxPerUser: 2 };

test('[G10] there is room: nobody is ended', () => {
  const idle = member('a', 1);
  makeRoom([idle, member('a', undefined, false), member('b', undefined)], 'a', limits);
  expect(idle.ended).toEqual([]);
});

test('[G10] the one of this user that is idle longest makes room', () => {
  const [early, late, foreign] = [member('a', 1), member('a', 2), member('b', 0)];
  makeRoom([late, early, foreign], 'a', limits);
  expect([early.ended, late.ended, foreign.ended]).toEqual([['room_needed'], [], []]);
});

test('[G10] the gateway is full: the longest idle of all makes room', () => {
  const [busy, idle] = [member('b', undefined), member('c', 5)];
  makeRoom([busy, busy, idle], 'a', limits);
  expect(idle.ended).toEqual(['room_needed']);
});

test.each([
  ['this user', [member('a', undefined), member('a', undefined)], /you have 2 agents at work/],
  [
    'the gateway',
    [member('b', undefined), member('c', undefined), member('d', undefined)],
    /3 agents are at work/,
  ],
])('[G10] all agents of %s are at work: refused in words', (_, members, message) => {
  expect(() => makeRoom(members, 'a', limits)).toThrowError(
    expect.objectContaining({ code: 'GATEWAY_OVERLOAD', message: expect.stringMatching(message) }),
  );
});

test('[G10] there is no room for what is not needed yet, even if somebody idle could make it', () => {
  const members = [member('a', 1), member('a', 2)];
  expect(hasRoom(members, 'a', limits)).toBe(false);
  expect(hasRoom(members, 'b', limits)).toBe(true);
  expect(hasRoom([...members, member('c', 0)], 'b', limits)).toBe(false);
  expect(members.flatMap(({ ended }) => ended)).toEqual([]);
});
