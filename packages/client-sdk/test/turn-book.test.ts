import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { expect, test } from 'vitest';
import { TurnBook } from '../src/turn-book.ts';

const about = { input_id: 'in-1', turn_id: 'turn-1' };
const open = () => {
  const book = new TurnBook(() => Promise.resolve());
  const turn = book.open({ inputId: 'in-1', eventId: 'evt_1', content: 'hello' });
  book.receipt({ ...about, status: 'done' });
  return { book, turn };
};
const take = (book: TurnBook, event: ServerEnvelope['event'], turnId?: string) =>
  book.take({
    ...{ version: 'aep/v1', id: 'evt_2', seq: 1, session_id: 's', timestamp: 1, event },
    ...(turnId ? { turn_id: turnId } : {}),
  });

test('[I1] [R3] a prompt that ran before is over when the replay is, whatever of it was replayed', async () => {
  const { book, turn } = open();
  take(book, { type: 'done', data: { success: true } }, 'turn-1');
  take(book, { type: 'input.status', data: { ...about, status: 'done' } });
  take(book, { type: 'state', data: { state: 'idle' } });
  expect(turn.isOver).toBe(false);
  book.caughtUp();
  await expect(turn.done).rejects.toMatchObject({ code: 'ALREADY_RESOLVED' });
});

test('[I1] [R3] a prompt that ran before and is replayed from its beginning has its end', async () => {
  const { book, turn } = open();
  take(book, { type: 'input.status', data: { ...about, status: 'delivered' } });
  take(book, { type: 'done', data: { success: true } }, 'turn-1');
  take(book, { type: 'input.status', data: { ...about, status: 'done' } });
  book.caughtUp();
  expect(await turn.done).toMatchObject({ success: true });
});
