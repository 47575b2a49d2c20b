import { wild } from '../../place/wildcard.ts';

/** Marks a part that was quoted: it makes a field even where it is empty. Taken out when fields are done. */
export const quoted = '\uE005';

const globs: Record<string, string> = { '*': wild.run, '?': wild.one };

/** Text of an unquoted expansion as bash cuts it: at IFS, with globs alive. The first and last piece touch what is beside. */
export function splitFields(text: string, separators: string): readonly string[] {
  const alive = text.replace(/\[[^\]]+\]|[*?]/g, (glob) => globs[glob] ?? wild.one);
  if (separators === '') return [alive];
  const blank = [...separators].filter((character) => ' \t\n'.includes(character)).join('');
  const other = [...separators].filter((character) => !' \t\n'.includes(character)).join('');
  const set = (characters: string) => characters.replace(/[\\\]^-]/g, '\\$&');
  const patterns = [blank && `[${set(blank)}]+`, other && `[${set(other)}]`].filter(Boolean);
  return alive.split(new RegExp(patterns.join('|')));
}

/** Joins pieces to those before: the last field goes on with the first piece. */
export const joinFields = (before: readonly string[], after: readonly string[]): readonly string[] => {
  const [first, ...rest] = after;
  if (first === undefined) return before;
  return [...before.slice(0, -1), (before.at(-1) ?? '') + first, ...rest];
};

/** The fields that are really there: an empty one counts only if it was quoted. */
export const finishFields = (fields: readonly string[]): readonly string[] =>
  fields.filter((field) => field !== '').map((field) => field.replaceAll(quoted, ''));

/** One text for pieces that are not fields, as in an assignment. */
export const finishText = (fields: readonly string[]): string => fields.join(' ').replaceAll(quoted, '');
