import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineReader } from '../../src/process/line-reader.ts';

test('[G10] lines come out whole however their bytes were cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary' }).map((text) => text.replace(/[\n\r]/g, ' '))),
      fc.array(fc.nat(20)),
      (lines, cuts) => {
        const reader = new LineReader(1_000_000);
        let bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const read: string[] = [];
        for (const size of cuts) {
          read.push(...reader.push(bytes.subarray(0, size)).lines);
          bytes = bytes.subarray(size);
        }
        read.push(...reader.push(bytes).lines);
        expect(read).toEqual(lines.map((line) => Buffer.from(line).toString()));
        expect(reader.end()).toBeUndefined();
      },
    ),
  );
});

test('only a line feed ends a line; a carriage return before it is cut off', () => {
  expect(new LineReader(100).push(Buffer.from('a\u2028b\u2029c\r\nd\re\n')).lines).toEqual([
    'a\u2028b\u2029c',
    'd\re',
  ]);
});

test('[G10] a line above the limit is told at once, after the lines before it', () => {
  const reader = new LineReader(5);
  expect(reader.push(Buffer.from('ok\nlonger'))).toEqual({ lines: ['ok'], tooLong: true });
  expect(new LineReader(5).push(Buffer.from('12345\n123456\n'))).toEqual({ lines: ['12345'], tooLong: true });
});

test('what stands after the last line feed is a line at the end', () => {
  const reader = new LineReader(100);
  reader.push(Buffer.from('a\nhalf'));
  expect(reader.end()).toBe('half');
});
