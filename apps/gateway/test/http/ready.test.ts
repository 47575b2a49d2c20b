import { describe, expect, test } from 'vitest';
import { createReady } from '../../src/http/ready.ts';

describe('whether new clients should be sent to a gateway', () => {
  test.each([
    { isStopping: false, isHeld: true, status: 200, says: 'ok' },
    { isStopping: true, isHeld: true, status: 503, says: 'stopping' },
    { isStopping: true, isHeld: false, status: 503, says: 'stopping' },
    { isStopping: false, isHeld: false, status: 503, says: 'cut_off' },
  ])('$says: stopping $isStopping, lease held $isHeld', async ({ isStopping, isHeld, status, says }) => {
    const answer = await createReady({ isStopping: () => isStopping, isHeld: () => isHeld }).request(
      '/ready',
    );
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ status: says });
  });
});
