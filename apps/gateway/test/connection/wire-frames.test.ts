import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wireFrames } from '../../src/connection/wire-frames.ts';
import { frameOf } from '../../src/session/frame.ts';
import { eventRecord } from '../store/support/records.ts';

test('[R1] a batch is cut into the frames of its events, whatever characters are in them', () => {
  const words = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string()), { maxLength: 5 });
  fc.assert(
    fc.property(words, (texts) => {
      const events = texts.map((text, index) => ({
        ...eventRecord(index + 1),
        data: JSON.stringify({ text }),
      }));
      const expected = events.map((event) => frameOf('s', event));
      expect(wireFrames('s', events).map(String)).toEqual(expected);
    }),
  );
});
