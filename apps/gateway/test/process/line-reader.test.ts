import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineReader } from '../../src/process/line-reader.ts';

function readAll(bytes: Buffer, cuts: readonly number[], maxLineBytes = 1_000): string[] {
  const reader = new LineReader(maxLineBytes);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  const chunks = places.slice(1).map((place, index) => bytes.subarray(places[index], place));
  return [...chunks.flatMap((chunk) => reader.push(chunk)), ...reader.end()];
}

describe('LineReader', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', '\n', '\r', 'é', '🦊', '\u2028', '\u0085', '\v'),
    maxLength: 40,
  });

  test('the lines do not depend on how the bytes were cut', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 20 }), (written, cuts) => {
        const lines = written.split('\n').map((line) => line.replace(/\r$/, ''));
        if (written === '' || written.endsWith('\n')) lines.pop();
        expect(readAll(Buffer.from(written), cuts)).toEqual(lines);
      }),
      { numRuns: 1_000 },
    );
  });

  test('[G10] whatever the cuts, a line is told exactly if no line up to it was too long', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 12 })), fc.array(fc.nat(), { maxLength: 20 }), (sizes, cuts) => {
        const written = sizes.map((size) => 'x'.repeat(size));
        const tooLong = sizes.findIndex((size) => size > 8);
        const told = tooLong === -1 ? written : written.slice(0, tooLong);
        expect(readAll(Buffer.from(written.map((line) => `${line}\n`).join('')), cuts, 8)).toEqual(told);
      }),
      { numRuns: 1_000 },
    );
  });

  test('gives the complete lines of one read together', () => {
    const reader = new LineReader(100);
    expect(reader.push(Buffer.from('one\n\ntwo\r\nthr'))).toEqual(['one', '', 'two']);
    expect(reader.push(Buffer.from('ee\n'))).toEqual(['three']);
    expect(reader.end()).toEqual([]);
  });

  test('[G10] ends for good at a line that is too long, before its end is seen', () => {
    const reader = new LineReader(4);
    expect(reader.push(Buffer.from('four\nfi'))).toEqual(['four']);
    expect(reader.overflowed).toBe(false);
    expect(reader.push(Buffer.from('ves'))).toEqual([]);
    expect(reader.overflowed).toBe(true);
    expect(reader.push(Buffer.from('\nok\n'))).toEqual([]);
    expect(reader.end()).toEqual([]);
  });

  test('the cost of a line of 20 MB does not grow with the number of its pieces', () => {
    const reader = new LineReader(32 * 1024 * 1024);
    const piece = Buffer.alloc(256, 'x');
    for (let count = 0; count < 80_000; count += 1) reader.push(piece);
    expect(reader.push(Buffer.from('\n'))[0]?.length).toBe(80_000 * 256);
  });
});
