import { expect, test } from 'vitest';
import { AepError } from '../src/aep-error.ts';
import { PendingAnswers } from '../src/pending-answers.ts';

/** What each has come to, once everything that was settled has been told. */
async function outcomes(answers: Promise<void>[]): Promise<string[]> {
  const told = answers.map(() => 'open');
  answers.forEach((answer, index) => void answer.then(() => (told[index] = 'done')));
  await new Promise(setImmediate);
  return told;
}
const ask = (answers: PendingAnswers, id: string) => {
  const answer = answers.open({ id, frame: id, confirmation: undefined });
  answers.pinged(`ping after ${id}`);
  return answer;
};

test('[I5] an answered ping settles what was sent before it, not what came after', async () => {
  const answers = new PendingAnswers();
  const [first, second] = [ask(answers, 'a'), ask(answers, 'b')];
  answers.ponged();
  expect(await outcomes([first, second])).toEqual(['done', 'open']);
  answers.ponged();
  expect(await outcomes([second])).toEqual(['done']);
});

test('[I5] pings of a lost connection are forgotten, and what was open is sent again', async () => {
  const answers = new PendingAnswers();
  const asked = ask(answers, 'a');
  answers.pinged('evt_1');
  expect(answers.unsent()).toEqual([{ id: 'a', frame: 'a' }]);
  answers.pinged('evt_2');
  answers.ponged();
  expect(await outcomes([asked])).toEqual(['done']);
  expect(answers.unsent()).toEqual([]);
});

test('[B4] [I5] a ping that was one too many was answered, too: what came before it was heard', async () => {
  const answers = new PendingAnswers();
  const [first, second, third] = ['a', 'b', 'c'].map((id) => ask(answers, id));
  const error = new AepError({ code: 'RATE_LIMITED', message: 'too many frames' });
  answers.ponged();
  answers.refuse('b', error);
  answers.refuse('ping after b', error);
  answers.ponged();
  await expect(second).rejects.toBe(error);
  expect(await outcomes([first, third].flatMap((answer) => answer ?? []))).toEqual(['done', 'done']);
});
