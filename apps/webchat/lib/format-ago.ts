import type { Texts } from './texts/en.ts';

/** How long ago something was, in the words of the page. */
export function formatAgo(milliseconds: number, texts: Texts['time']): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return texts.now;
  if (minutes < 60) return texts.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? texts.hours(hours) : texts.days(Math.floor(hours / 24));
}
