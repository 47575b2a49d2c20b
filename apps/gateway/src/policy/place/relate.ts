import type { Names } from './resolve-path.ts';
import { isOpen, mayBeName } from './wildcard.ts';

/** How a path stands to a place of a table: `above` means that the path contains it. */
export type Relation = 'at' | 'inside' | 'above' | 'apart';

/**
 * Compares name by name, never by prefix of text (`/proj` does not contain `/proj-evil`). In a rule `*` stands for any
 * characters of one name and `**` for everything below.
 */
export function relate(path: Names, rule: Names): Relation {
  for (const [depth, want] of rule.entries()) {
    const name = path[depth];
    if (want === '**') return name === undefined ? 'at' : 'inside';
    if (name === undefined) return 'above';
    if (isOpen(name) ? want !== '*' : !mayBeName(name, want)) return 'apart';
  }
  return path.length === rule.length ? 'at' : 'inside';
}
