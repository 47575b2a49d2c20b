import { expect, test, vi } from 'vitest';
import type { Identity } from '../../src/auth/identity.ts';
import { createAiSdkDoor } from '../../src/connection/ai-sdk/ai-sdk-door.ts';
import { ClientLimits } from '../../src/connection/client-limits.ts';
import { createEngineDoor } from '../../src/connection/engine/engine-door.ts';
import type { Socket } from '../../src/connection/socket.ts';
import { createIds } from '../../src/ground/ids.ts';
import { createManualClock } from '../support/manual-clock.ts';

const ann: Identity = {
  ...{ subject: 'ann', botId: null, role: 'driver', method: 'token' },
  ...{ expiresAt: null, tokenId: null, signedInAt: null },
};

/** A visitor at each door who never reads, and a gateway that lets nobody further in. */
function openDoors() {
  const clock = createManualClock(0);
  const user = { connections: 9, inputsPerMinute: 9 };
  const said: string[] = [];
  const socket = { pause: vi.fn(), resume: vi.fn(), close: vi.fn() };
  const connect = (inner: Socket) => ({
    receive: () => inner.close(4403, 'not for you'),
    ...{ leave() {}, closed() {} },
  });
  const options = {
    ...{ clock, initTimeoutMs: 5_000, authenticate: async () => ann, fetchFor: () => fetch, connect },
    clientLimits: new ClientLimits(clock, { framesPerSecond: 99, framesBurst: 99, user, key: user }),
    slowLimits: () => ({ maxBufferedBytes: 10_000, slowTimeoutMs: 30_000 }),
  };
  const visitor = (flushes: boolean) => ({
    socket: {
      ...socket,
      send(frames: readonly Buffer[], flushed?: () => void) {
        said.push(...frames.map(String));
        if (flushes) flushed?.();
      },
    },
    ...{ attempt: { address: '', origin: null }, identity: ann, offeredSubprotocol: false },
    ...{ credential: { kind: 'bearer', token: 'ann' } as const, traceparent: undefined, settled() {} },
  });
  const engine = createEngineDoor({
    ...{ ...options, workerType: 'demo', version: '1', ids: createIds() },
    greet: (greeted) => connect(greeted.socket),
  });
  const aiSdk = createAiSdkDoor({
    ...{ ...options, credentialOf: () => undefined, sessionOf: async () => undefined },
  });
  return { clock, socket, said, visitor, doors: { engine, aiSdk } };
}

const resume = (id: string) => JSON.stringify({ type: 'resume', requestId: 'r', id, headers: {}, body: {} });

test.each([
  { door: 'engine', frame: '{"type":"version"}' },
  { door: 'aiSdk', frame: resume('c') },
] as const)(
  '[B2] at the door $door one who asks and does not read is read no more, and then sent away',
  async ({ door, frame }) => {
    const { clock, doors, said, socket, visitor } = openDoors();
    const line = doors[door](visitor(false));
    for (let sent = 0; sent < 32; sent++) line.receive(frame);
    expect(socket.pause).toHaveBeenCalledTimes(1);
    await expect.poll(() => said.length).toBe(1);
    clock.advance(30_000);
    expect(socket.close.mock.calls).toEqual([[4408, 'nothing was read']]);
  },
);

test('[H6] the id of a chat is as short as the name of a session', async () => {
  const { doors, said, visitor } = openDoors();
  const line = doors.aiSdk(visitor(true));
  line.receive(resume('c'.repeat(128)));
  line.receive(resume('c'.repeat(129)));
  await expect.poll(() => said.length).toBe(2);
  expect(said.map((text) => JSON.parse(text))).toMatchObject([
    { type: 'no-active' },
    { type: 'error', errorText: expect.stringContaining('at most 128 characters') },
  ]);
});

test('[B2] of an older client’s session that could not be opened nothing is kept', async () => {
  const { doors, said, visitor } = openDoors();
  const line = doors.engine(visitor(true));
  line.receive('{"type":"execute","session_id":"a","prompt":"go"}');
  await expect.poll(() => said.length).toBe(1);
  line.receive('{"type":"stop","session_id":"a"}');
  await expect.poll(() => said.length).toBe(2);
  expect(said[1]).toContain('nothing was executed in session a');
});
