import { expect, test } from 'vitest';
import { createPromptHistory } from '../../lib/prompt-history.ts';

test('it walks back to the first prompt and forward to what was being typed', () => {
  const history = createPromptHistory();
  const prompts = ['first', 'second', 'second'];
  expect(history.earlier('a draft', prompts)).toBe('second');
  expect(history.isWalking()).toBe(true);
  expect(history.earlier('second', prompts)).toBe('first');
  expect(history.earlier('first', prompts)).toBeUndefined();
  expect(history.later()).toBe('second');
  expect(history.later()).toBe('a draft');
  expect(history.isWalking()).toBe(false);
  expect(history.later()).toBeUndefined();
});

test('after a change by hand it begins anew, with what was sent since', () => {
  const history = createPromptHistory();
  history.earlier('', ['first']);
  history.leave();
  expect(history.isWalking()).toBe(false);
  expect(history.earlier('mine', ['first', 'new'])).toBe('new');
  expect(history.later()).toBe('mine');
});

test('without prompts there is nowhere to go, and the draft stays', () => {
  const history = createPromptHistory();
  expect(history.earlier('mine', [])).toBeUndefined();
  expect(history.later()).toBeUndefined();
});
