import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { KeyInput } from '../../src/command/terminal/key-input.ts';
import { createManualClock } from '../support/manual-clock.ts';

function open(draft = '') {
  const clock = createManualClock();
  const input = Object.assign(new PassThrough(), { setRawMode() {} });
  const said: string[] = [];
  let written = '';
  const keys = new KeyInput({
    ...{ input: input as unknown as NodeJS.ReadStream, clock },
    ...{ onTyping() {}, hasDraft: () => draft !== '' },
  });
  keys.typed.on('data', (text) => {
    written += text;
  });
  const chosen = keys.choose({
    ...{ keys: ['a', 'd'], signal: new AbortController().signal },
    onOpen: () => said.push('open'),
    onNeedsEnter: () => said.push('then Enter'),
  });
  let answer: string | undefined;
  void chosen.then((key) => {
    answer = key;
  });
  return {
    said,
    written: () => written,
    async type(key: string, afterMs: number) {
      clock.advance(afterMs);
      input.emit('data', key);
      await new Promise(setImmediate);
      return answer;
    },
  };
}

test('a key that comes before one can have read the question answers nothing', async () => {
  const { type, said } = open();
  expect(await type('a', 600)).toBeUndefined();
  expect(said).toEqual([]);
  expect(await type('d', 100)).toBe('d');
  expect(said).toEqual(['open']);
});

test('a letter that goes on with a draft, however late, is written and approves nothing', async () => {
  const { type, said, written } = open('remove ');
  expect(await type('a', 5_000)).toBeUndefined();
  expect(said).toEqual(['open', 'then Enter']);
  expect(await type('l', 200)).toBeUndefined();
  expect(await type('\r', 200)).toBeUndefined();
  expect(await type('d', 1_000)).toBeUndefined();
  // Nor is it an answer after Ctrl+C.
  expect(await type('\x03', 100)).toBeUndefined();
  expect(await type('\r', 100)).toBeUndefined();
  expect(await type('d', 1_000)).toBeUndefined();
  expect(await type('\r', 100)).toBe('d');
  expect(written()).toBe('\x03al');
});

test('who begins to write while he is asked is told that an answer needs Enter', async () => {
  const { type, said } = open();
  expect(await type('w', 1_000)).toBeUndefined();
  expect(said).toEqual(['open', 'then Enter']);
  expect(await type('a', 1_000)).toBeUndefined();
  expect(await type('\r', 10)).toBe('a');
});
