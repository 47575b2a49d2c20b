import { isOpen } from '../../place/wildcard.ts';
import type { Shell } from '../shell.ts';
import { placesOf } from '../touch-path.ts';
import { checkAddress, isUrl } from './check-address.ts';

/**
 * Judges a word of which nobody knows what the command does with it (C6): secrets are refused, places that nobody may
 * write are a question unless the command only reads.
 */
export function checkLooseWord(word: string, shell: Shell, { readOnly }: { readOnly: boolean }): void {
  shell.report.tick();
  for (const text of candidates(word, shell)) {
    if (isUrl(text)) {
      checkAddress(text, shell);
      continue;
    }
    if (text.includes('\n') || text.length > 4096) continue;
    for (const place of placesOf(text, shell)) {
      if (place.secret && !(isOpen(text) && text.length < 3))
        shell.report.add({ decision: 'deny', rule: 'N6', reason: 'it is given a secret' }, place.path);
      const guarded =
        place.zone === 'system' || place.zone === 'gateway' || place.zone === 'home-configuration';
      if (!readOnly && (guarded || place.zone === 'device'))
        shell.report.add(
          { decision: 'ask', rule: 'C6', reason: 'it is given a place that nobody may write' },
          place.path,
        );
    }
  }
}

/** The paths that a word could hold: itself, what follows `=`, `@`, `:` or the letter of an option. */
function candidates(word: string, { context }: Shell): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (text: string) => {
    const path = text
      .replace(/^file:(?:\/\/(?:localhost)?)?(?=\/)/i, '')
      .replace(/^~(?=\/|$)/, context.home)
      .replace(/^\$(?:HOME|\{HOME\})/, context.home);
    if (path !== '' && !path.startsWith('-')) found.add(path);
  };
  add(word);
  if (/^-\w./.test(word)) add(word.slice(2));
  for (const match of word.matchAll(/[=@:,<]/g)) add(word.slice(match.index + 1).replace(/^[@<]/, ''));
  for (const piece of word.split(/[,;:=]/)) add(piece.replace(/^@/, ''));
  return found;
}
