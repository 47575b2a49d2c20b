import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { AepError, type SharedPage } from '@hotplex/client-sdk';
import { expect, test } from 'vitest';
import { hasEnded, readShared } from '../../lib/shared-conversation.ts';
import { sharedUrl } from '../../lib/shared-url.ts';

/** A turn that says one word, as a page of its own. */
function page(word: string, index: number, next: number | null): SharedPage {
  const said = [
    { type: 'message', data: { id: `m${index}`, role: 'assistant', content: word } },
    { type: 'done', data: { success: true } },
  ] as const;
  const events = said.map(
    (event, at): ServerEnvelope => ({
      ...{ version: 'aep/v1', id: `e${index}.${at}`, seq: index * 2 + at + 1, session_id: 'link' },
      ...{ timestamp: 1, turn_id: `turn_${index}`, event },
    }),
  );
  const rest = { title: 'a', worker_type: 'demo', left_out: [], expires_at: '', running: false };
  return { ...rest, events, next_after: next };
}

test('all pages of a link are one conversation', async () => {
  const asked: (number | undefined)[] = [];
  const read = async (_: string, { after }: { after?: number } = {}) => {
    asked.push(after);
    return after === 0 ? page('first', 0, 2) : page('second', 1, null);
  };
  const { messages } = await readShared({ read }, 'token');
  expect(asked).toEqual([0, 2]);
  expect(
    messages.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'text' ? part.text : []))),
  ).toEqual(['first', 'second']);
});

test('a link has ended when the gateway says so, and not when the gateway is away', () => {
  expect(hasEnded(new AepError({ code: 'UNAUTHORIZED', message: 'expired' }))).toBe(true);
  expect(hasEnded(new AepError({ code: 'RATE_LIMITED', message: 'later' }))).toBe(false);
  expect(hasEnded(new TypeError('Failed to fetch'))).toBe(false);
});

test('the token stands in the fragment', () => {
  expect(new URL(sharedUrl('https://chat.example', 't')).pathname).toBe('/shared');
});
