import { AepClient } from '@hotplex/client-sdk';
import { expect, test } from 'vitest';
import { type MakeClient, SessionLine } from '../../src/session/session-line.ts';

test('those who wait for one opening open the line anew together, once', async () => {
  const asked: boolean[] = [];
  const make: MakeClient = async (_from, mayCreate) => {
    asked.push(mayCreate);
    if (mayCreate) throw new Error('the gateway is away');
    return undefined;
  };
  const line = new SessionLine(make);
  const [looked, ...opened] = await Promise.allSettled([
    line.open({ mayCreate: false }),
    line.open({ mayCreate: true }),
    line.open({ mayCreate: true }),
  ]);
  expect(looked).toEqual({ status: 'fulfilled', value: undefined });
  expect(opened.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(asked).toEqual([false, true]);
});

test('an opening that failed is tried anew by the next call', async () => {
  let calls = 0;
  const line = new SessionLine(() => Promise.reject(new Error(`attempt ${++calls}`)));
  await expect(line.open({ mayCreate: true })).rejects.toThrow('attempt 1');
  await expect(line.open({ mayCreate: true })).rejects.toThrow('attempt 2');
});

test('a line that was closed while it was being opened connects nothing', async () => {
  const made = Promise.withResolvers<AepClient>();
  const line = new SessionLine(() => made.promise);
  const opening = line.open({ mayCreate: true });
  line.close();
  const client = new AepClient({ url: 'http://127.0.0.1:9', workerType: 'demo' });
  made.resolve(client);
  await expect(opening).rejects.toThrow('closed');
  expect(client.connection).toEqual({ status: 'idle' });
});
