import { expect, test } from 'vitest';
import { hasRoom, makeRoom, type PoolMember } from '../../src/session/worker-pool.ts';

let pids = 0;

function member(ownerId: string, idleSince: number | undefined, hasWorker = true) {
  const ended: string[] = [];
  const it: PoolMember = {
    ownerId,
    hasWorker,
    pid: hasWorker ? ++pids : undefined,
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
  [
    'this user',
    'RATE_LIMITED',
    [member('a', undefined), member('a', undefined)],
    /you have 2 agents at work/,
  ],
  [
    'the gateway',
    'GATEWAY_OVERLOAD',
    [member('b', undefined), member('c', undefined), member('d', undefined)],
    /3 agents are at work/,
  ],
])('[G10] all agents of %s are at work: refused in words', (_, code, members, message) => {
  expect(() => makeRoom(members, 'a', limits)).toThrowError(
    expect.objectContaining({ code, message: expect.stringMatching(message) }),
  );
});

test('[G10] there is no room for what is not needed yet, even if somebody idle could make it', () => {
  const members = [member('a', 1), member('a', 2)];
  expect(hasRoom(members, 'a', limits)).toBe(false);
  expect(hasRoom(members, 'b', limits)).toBe(true);
  expect(hasRoom([...members, member('c', 0)], 'b', limits)).toBe(false);
  expect(members.flatMap(({ ended }) => ended)).toEqual([]);
});

test('[Q1] [G10] whose agents use all the memory that one user may gets no other, unless an idle one makes room', () => {
  const memory = { maxPerUser: 100, of: () => 50 };
  const few = { max: 9, maxPerUser: 9, memory };
  const [busy, idle, foreign] = [member('a', undefined), member('a', 1), member('b', undefined)];
  makeRoom([busy, foreign], 'a', few);
  makeRoom([busy, idle, foreign], 'a', few);
  expect(idle.ended).toEqual(['room_needed']);
  expect(hasRoom([busy, idle], 'a', few)).toBe(false);
  expect(() => makeRoom([busy, member('a', undefined)], 'a', few)).toThrowError(
    expect.objectContaining({ code: 'RATE_LIMITED', message: expect.stringContaining('memory') }),
  );
});

test('[Q1] agents of a user at other gateways of the cluster count as well: an idle one here makes room, or there is none', () => {
  const cluster = {
    max: 9,
    maxPerUser: 2,
    elsewhere: (user: string) => ({ connections: 0, agents: user === 'a' ? 1 : 0 }),
  };
  const [busy, idle] = [member('a', undefined), member('a', 1)];
  makeRoom([], 'a', cluster);
  makeRoom([member('b', undefined)], 'b', cluster);
  makeRoom([idle], 'a', cluster);
  expect(idle.ended).toEqual(['room_needed']);
  expect(hasRoom([busy], 'a', cluster)).toBe(false);
  expect(() => makeRoom([busy], 'a', cluster)).toThrowError(
    expect.objectContaining({ code: 'RATE_LIMITED', message: expect.stringContaining('2 agents') }),
  );
});

test('[Q1] where one more is more than one too many, as many idle ones end as that takes, or none', () => {
  const cluster = { max: 9, maxPerUser: 2, elsewhere: () => ({ connections: 0, agents: 1 }) };
  const [one, two] = [member('a', 1), member('a', 2)];
  makeRoom([one, two], 'a', cluster);
  expect([one.ended, two.ended]).toEqual([['room_needed'], ['room_needed']]);
  const [idle, full] = [member('a', 1), { ...cluster, elsewhere: () => ({ connections: 0, agents: 2 }) }];
  expect(() => makeRoom([idle], 'a', full)).toThrowError(expect.objectContaining({ code: 'RATE_LIMITED' }));
  expect(idle.ended).toEqual([]);
});
