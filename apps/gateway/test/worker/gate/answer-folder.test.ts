import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AnswerFolder } from '../../../src/worker/gate/answer-folder.ts';
import { answerFile, awaitAnswer } from '../../../src/worker/gate/gate-answer.ts';

let answers: AnswerFolder;
beforeEach(() => {
  answers = AnswerFolder.make();
});
afterEach(() => answers.remove());

const wait = (id: string, patienceMs?: number) =>
  awaitAnswer({ folder: answers.path, id, ...(patienceMs !== undefined && { patienceMs }) });

test('[P7] what the gateway answers arrives, before and after it is waited for', async () => {
  const early = wait('one');
  answers.answer({ kind: 'permission', id: 'one', allowed: true });
  answers.answer({ kind: 'permission', id: 'two', allowed: false, reason: ' The policy forbids this. ' });
  expect(await early).toEqual({ allowed: true });
  expect(await wait('two')).toEqual({ allowed: false, reason: 'The policy forbids this.' });
});

test('[P7] an answer that is none, or of another kind, denies', async () => {
  for (const [id, text] of [
    ['empty', ''],
    ['null', 'null'],
    ['words', '"yes"'],
    ['truthy', '{"allowed":1}'],
  ] as const) {
    writeFileSync(answerFile(answers.path, id), text);
    expect((await wait(id)).allowed).toBe(false);
  }
  answers.answer({ kind: 'question', id: 'question', answers: null });
  expect((await wait('question')).allowed).toBe(false);
});

test('[P7] an input that a person changed cannot be handed over, so nothing runs', async () => {
  answers.answer({ kind: 'permission', id: 'one', allowed: true, updatedInput: { command: 'ls' } });
  expect(await wait('one')).toEqual({ allowed: false, reason: expect.stringContaining('another input') });
});

test('[P7] who gets no answer in time is denied, also without the folder', async () => {
  expect(await wait('one', 30)).toMatchObject({ allowed: false, reason: expect.stringMatching(/in time/) });
  answers.remove();
  answers.answer({ kind: 'permission', id: 'one', allowed: true });
  expect((await wait('one', 30)).allowed).toBe(false);
});

test('[P7] who stops waiting is denied', async () => {
  const signal = AbortSignal.abort();
  expect((await awaitAnswer({ folder: answers.path, id: 'one', signal })).allowed).toBe(false);
});

test('[F3] an id is never a path', () => {
  for (const id of ['../one', 'a/b', '', '.', 'a\0b']) {
    expect(() => answerFile(answers.path, id)).toThrow('no id');
  }
});

test('[F4] the folder is for the gateway’s user alone, and its answers go before the next turn', () => {
  expect(statSync(answers.path).mode & 0o777).toBe(0o700);
  answers.answer({ kind: 'permission', id: 'one', allowed: true });
  answers.clear();
  expect(existsSync(join(answers.path, 'one.json'))).toBe(false);
});
