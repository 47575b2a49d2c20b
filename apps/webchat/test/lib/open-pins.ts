import { createPins } from '../../lib/pins.ts';

/** Pins of a browser that has stored this. */
export function openPins(stored = new Map<string, string>()) {
  const pins = createPins({
    read: (key) => stored.get(key) ?? null,
    write: (key, value) => void (value === null ? stored.delete(key) : stored.set(key, value)),
  });
  return { pins, stored };
}
