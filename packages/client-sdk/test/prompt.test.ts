import { expect, test } from 'vitest';
import { AepClient } from '../src/client.ts';

test('a prompt that has no JSON is refused at once: its id is free, and nothing of it waits to be sent', async () => {
  using client = new AepClient({ url: 'http://127.0.0.1:1', workerType: 'demo' });
  const options = { inputId: 'one' };
  expect(() => client.prompt({ content: 'a', metadata: { many: 1n } }, options)).toThrow(TypeError);
  const turn = client.prompt('another', options);
  client.close();
  await expect(turn.done).rejects.toMatchObject({ code: 'CLIENT_CLOSED' });
});
