import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StderrTail } from '../../src/process/stderr-tail.ts';

function tailOf(chunks: readonly string[], keepBytes: number): string {
  const tail = new StderrTail(keepBytes);
  for (const chunk of chunks) tail.push(Buffer.from(chunk));
  return tail.text();
}

describe('StderrTail', () => {
  test('keeps everything that fits', () => {
    expect(tailOf([], 8)).toBe('');
    expect(tailOf(['abc\n', 'defg'], 8)).toBe('abc\ndefg');
  });

  test('leaves out the line whose beginning is lost', () => {
    expect(tailOf(['first\nsecond\nthird\n'], 14)).toBe('second\nthird\n');
  });

  test('keeps what it has of a single long line, in whole characters', () => {
    expect(tailOf(['🦊🦊🦊'], 7)).toBe('🦊');
    expect(tailOf(['aaaaaaaaaaaa\n'], 5)).toBe('aaaa\n');
  });

  test('is the end of what was written, however it was written', () => {
    const writes = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 20 }));
    fc.assert(
      fc.property(writes, fc.integer({ min: 1, max: 16 }), (chunks, keepBytes) => {
        const written = chunks.join('');
        const kept = written.slice(-keepBytes);
        const wholeLines = kept.slice(kept.indexOf('\n') + 1);
        expect(tailOf(chunks, keepBytes)).toBe(written === kept || wholeLines === '' ? kept : wholeLines);
      }),
      { numRuns: 1_000 },
    );
  });
});
