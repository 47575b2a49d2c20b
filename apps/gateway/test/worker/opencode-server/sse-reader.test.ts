import { describe, expect, test } from 'vitest';
import { SseReader } from '../../../src/worker/opencode-server/sse-reader.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('server-sent events', () => {
  test.each([1, 2, 3, 7, 1_000])('[E1] are whole again, cut into pieces of %s bytes', (size) => {
    const stream = bytes(
      'data: {"a":"é\u2028"}\n\n: a comment\nid: 7\ndata: two\r\ndata: lines\r\n\r\ndata: open\n',
    );
    const reader = new SseReader();
    const events: string[] = [];
    for (let at = 0; at < stream.length; at += size)
      events.push(...reader.push(stream.subarray(at, at + size)));
    expect(events).toEqual(['{"a":"é\u2028"}', 'two\nlines']);
  });

  test('[E1] one that never ends is given up', () => {
    const reader = new SseReader();
    const piece = bytes('x'.repeat(8 * 1024 * 1024));
    expect(() => {
      for (let count = 0; count < 6; count++) reader.push(piece);
    }).toThrow('too long');
  });
});
