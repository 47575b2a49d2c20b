import { expect, test } from 'vitest';
import { shareNext } from '../../src/ground/share-next.ts';

/** A look that ends when it is told to, and says which one it was. */
function openLook() {
  const begun: PromiseWithResolvers<number>[] = [];
  const ask = shareNext(() => {
    const look = Promise.withResolvers<number>();
    begun.push(look);
    return look.promise;
  });
  const end = async (index: number) => {
    await expect.poll(() => begun.length).toBeGreaterThan(index);
    begun[index]?.resolve(index);
  };
  return { ask, end, begun };
}

test('those who ask at the same time share one look', async () => {
  const { ask, end, begun } = openLook();
  const asked = [ask(), ask(), ask()];
  await end(0);
  expect(await Promise.all(asked)).toEqual([0, 0, 0]);
  expect(begun).toHaveLength(1);
});

test('whoever asks while one is under way gets the next, which begins when that has ended', async () => {
  const { ask, end, begun } = openLook();
  const first = ask();
  await expect.poll(() => begun.length).toBe(1);
  const late = [ask(), ask()];
  await Promise.resolve();
  expect(begun).toHaveLength(1);
  await end(0);
  await end(1);
  expect(await first).toBe(0);
  expect(await Promise.all(late)).toEqual([1, 1]);
});

test('after one that has ended, another begins', async () => {
  const { ask, end } = openLook();
  const first = ask();
  await end(0);
  await first;
  const second = ask();
  await end(1);
  expect(await second).toBe(1);
});
