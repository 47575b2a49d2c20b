import { closeCodes } from '@hotplex/aep-protocol';
import { expect, test } from 'vitest';
import { GatewayError } from '../../src/ground/gateway-error.ts';
import { apiKey } from '../auth/open-door.ts';
import { openConnections } from './open-connections.ts';

const refused = {
  ...{ session_id: '', code: 'RECONNECT_REQUIRED' },
  error: expect.stringContaining('moving to another node'),
};

/** A node that learns, while a client comes in, that others took the session meanwhile; `learns` says how. */
async function comeBack(
  learns: (world: ReturnType<typeof openConnections>, id: string) => 'here' | 'elsewhere',
) {
  const state = { asked: 0, last: Number.POSITIVE_INFINITY };
  const world = openConnections({
    router: {
      async place(id) {
        state.asked += 1;
        if (state.asked < state.last) return 'here';
        return learns(world, id) === 'here' ? 'here' : { life: 'another' };
      },
      connect: async () => {
        throw new GatewayError('RECONNECT_REQUIRED', 'nobody is asked here');
      },
    },
  });
  const key = { session_id: 'a key' };
  const first = await world.join(apiKey, key);
  await first.say('input', { content: 'hello' });
  // What it is asked last is where the session is after it was read.
  state.last = 2 * state.asked;
  // It saw more at another node.
  return world.join(apiKey, { ...key, last_seq: 40 });
}

test('[R3] what was read of a session that others had taken is not shown: its client comes again', async () => {
  const client = await comeBack(() => 'elsewhere');
  expect(client.told('init_ack')).toMatchObject([refused]);
  expect(client.told('resync')).toEqual([]);
  expect(client.closed).toBe(closeCodes.overload.code);
});

test('[R3] nor is it where the session was lost, and taken up again since', async () => {
  const moved = new GatewayError('RECONNECT_REQUIRED', 'it is elsewhere');
  const client = await comeBack(({ sessions }, id) => {
    sessions.live(id)?.lose(moved);
    return 'here';
  });
  expect(client.told('init_ack')).toMatchObject([refused]);
  expect(client.told('resync')).toEqual([]);
});

test('[R3] a client of the future is told so by a node that still has the session', async () => {
  const client = await comeBack(() => 'here');
  expect(client.told('resync')).toMatchObject([{ reason: 'future_seq' }]);
});
