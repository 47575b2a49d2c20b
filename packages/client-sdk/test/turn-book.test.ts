import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { expect, test } from 'vitest';
import { TurnBook } from '../src/turn-book.ts';

const about = { input_id: 'in-1', turn_id: 'turn-1' };
const open = () => {
  const book = new TurnBook(() => Promise.resolve());
  const turn = book.open({ inputId: 'in-1', eventId: 'evt_1', content: 'hello' });
  return { book, turn };
};
const take = (book: TurnBook, event: ServerEnvelope['event'], turnId?: string) =>
  book.take({
    ...{ version: 'aep/v1', id: 'evt_2', seq: 1, session_id: 's', timestamp: 1, event },
    ...(turnId ? { turn_id: turnId } : {}),
  });

test.each(['before', 'after'])(
  '[I1] [R3] a prompt that ran before is over with the replay, its receipt %s that',
  async (when) => {
    const { book, turn } = open();
    if (when === 'before') book.receipt({ ...about, status: 'done' });
    take(book, { type: 'done', data: { success: true } }, 'turn-1');
    take(book, { type: 'input.status', data: { ...about, status: 'done' } });
    if (when === 'after') book.receipt({ ...about, status: 'done' });
    expect(turn.isOver).toBe(false);
    book.caughtUp();
    await expect(turn.done).rejects.toMatchObject({ code: 'ALREADY_RESOLVED' });
  },
);

test('[I1] [R3] a prompt that ran before and is replayed from its beginning has its end', async () => {
  const { book, turn } = open();
  book.receipt({ ...about, status: 'done' });
  take(book, { type: 'input.status', data: { ...about, status: 'delivered' } });
  take(book, { type: 'done', data: { success: true } }, 'turn-1');
  take(book, { type: 'input.status', data: { ...about, status: 'done' } });
  book.caughtUp();
  expect(await turn.done).toMatchObject({ success: true });
});
