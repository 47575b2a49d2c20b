import type { Texts } from './texts/en.ts';

type Words = Pick<Texts['time'], 'seconds' | 'minutesAndSeconds'>;

/** A time span in few characters: <0.1 s, 0.4 s, 12 s, 3 min 5 s; the units are in the language of the page. */
export function formatDuration(milliseconds: number, words: Words): string {
  if (milliseconds < 100) return words.seconds('<0.1');
  const seconds = milliseconds / 1000;
  if (seconds < 10) return words.seconds(seconds.toFixed(1));
  if (seconds < 60) return words.seconds(String(Math.round(seconds)));
  const whole = Math.round(seconds);
  return words.minutesAndSeconds(Math.floor(whole / 60), whole % 60);
}
