import { expect, test } from 'vitest';
import { visibleArea } from '../../lib/visible-area.ts';

const page = 740;

test('a keyboard that is laid over the page leaves what is above it, where the browser has moved it to', () => {
  expect(visibleArea({ height: 420, offsetTop: 0, scale: 1 }, page)).toEqual({ top: 0, height: 420 });
  expect(visibleArea({ height: 420.5, offsetTop: 120, scale: 1 }, page)).toEqual({ top: 120, height: 420.5 });
});

test('where a finger draws the page beyond its ends, what can be seen stays within it', () => {
  expect(visibleArea({ height: 420, offsetTop: -30, scale: 1 }, page)?.top).toBe(0);
  expect(visibleArea({ height: 420, offsetTop: 400, scale: 1 }, page)?.top).toBe(320);
});

test('a page that is all in sight, or that the browser itself has made smaller, is left as it is', () => {
  expect(visibleArea({ height: page, offsetTop: 0, scale: 1 }, page)).toBeUndefined();
  expect(visibleArea({ height: page - 0.6, offsetTop: 0, scale: 1 }, page)).toBeUndefined();
  // Its bars went away before the page heard of it.
  expect(visibleArea({ height: page + 56, offsetTop: 0, scale: 1 }, page)).toBeUndefined();
});

test('who zooms in sees a part of the page as it is', () => {
  expect(visibleArea({ height: page / 2, offsetTop: 100, scale: 2 }, page)).toBeUndefined();
  expect(visibleArea({ height: 210, offsetTop: 0, scale: 2 }, page)).toBeUndefined();
  expect(visibleArea({ height: 420, offsetTop: 0, scale: 1.001 }, page)).toEqual({ top: 0, height: 420 });
});
