import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextStep } from '../../lib/use-drawn-text.ts';

const text = fc.array(fc.string({ maxLength: 3_000 }), { maxLength: 6 }).map((lines) => lines.join('\n'));

test('a text is drawn to its end in steps that are never long', () => {
  const property = fc.property(text, fc.nat(), (whole, start) => {
    let drawn = whole.slice(0, start % (whole.length + 1));
    while (drawn !== whole) {
      const next = nextStep(drawn, whole);
      expect(whole.startsWith(next)).toBe(true);
      expect(next.length).toBeGreaterThan(drawn.length);
      const share = Math.ceil((whole.length - drawn.length) / 8);
      expect(next.length - drawn.length).toBeLessThanOrEqual(2_000 + Math.max(2_000, share));
      drawn = next;
    }
  });
  fc.assert(property);
});

test('megabytes take no more steps than somebody would wait for', () => {
  const whole = 'a line of words\n'.repeat(150_000);
  let steps = 0;
  for (let drawn = ''; drawn !== whole; steps += 1) drawn = nextStep(drawn, whole);
  expect(steps).toBeLessThan(60);
});

test('a text that does not go on from the one before is drawn at once', () => {
  expect(nextStep('something', 'else'.repeat(5_000))).toBe('else'.repeat(5_000));
});
