import { expect, test } from 'vitest';
import { openPins } from './open-pins.ts';

test('what is pinned is at the top, the newest first, and still is after a reload', () => {
  const { pins, stored } = openPins();
  for (const id of ['a', 'b', 'c', 'b']) pins.toggle(id);
  expect(pins.state.get()).toEqual(['c', 'a']);
  expect(openPins(stored).pins.state.get()).toEqual(['c', 'a']);
});

test('there is an end to pins, and what is broken is none', () => {
  const { pins } = openPins();
  for (let id = 1; id <= 30; id += 1) pins.toggle(String(id));
  expect(pins.state.get()).toHaveLength(20);
  expect(pins.state.get()[0]).toBe('30');
  expect(openPins(new Map([['hotplex.pinned', '{"a":']])).pins.state.get()).toEqual([]);
  expect(openPins(new Map([['hotplex.pinned', '["a",1]']])).pins.state.get()).toEqual(['a']);
});
