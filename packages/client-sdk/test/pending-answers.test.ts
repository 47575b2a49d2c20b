import { expect, test } from 'vitest';
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
  answers.pinged();
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
  answers.pinged();
  expect(answers.unsent()).toEqual(['a']);
  answers.pinged();
  answers.ponged();
  expect(await outcomes([asked])).toEqual(['done']);
  expect(answers.unsent()).toEqual([]);
});
