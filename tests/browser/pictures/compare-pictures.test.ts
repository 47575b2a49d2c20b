import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { comparePictures, mostDifferent } from './compare-pictures.ts';

/** A white picture with a black square of so many pixels a side, so far from its left, its edges so grey. */
function square({ side = 12, left = 10, edge = 0 } = {}): Buffer {
  const png = new PNG({ width: 100, height: 60 });
  png.data.fill(255);
  for (let y = 10; y < 10 + side; y++) {
    for (let x = left; x < left + side; x++) {
      const grey = x === left || x === left + side - 1 ? edge : 0;
      png.data.set([grey, grey, grey, 255], (y * png.width + x) * 4);
    }
  }
  return PNG.sync.write(png);
}

test('pictures that look alike are alike: an edge that is smoothed a little otherwise is no difference', () => {
  expect(comparePictures(square(), square()).different).toBe(0);
  expect(comparePictures(square(), square({ edge: 20 })).different).toBeLessThanOrEqual(mostDifferent);
});

test.each([
  ['is missing', { side: 0 }],
  ['is elsewhere', { left: 40 }],
])('an icon that %s is a difference, and is red in the third picture', (_, changed) => {
  const { different, difference } = comparePictures(square(), square(changed));
  expect(different).toBeGreaterThan(mostDifferent);
  const { data } = PNG.sync.read(difference);
  const red = Array.from({ length: data.length / 4 }, (_, at) => [...data.subarray(at * 4, at * 4 + 3)]);
  expect(red.filter(([r, g, b]) => r === 255 && g === 0 && b === 0)).toHaveLength(different);
});

test('a picture of another size differs in all of it', () => {
  const png = PNG.sync.write(new PNG({ width: 10, height: 10 }));
  expect(comparePictures(square(), png).different).toBeGreaterThan(mostDifferent);
});
