import { GatewayError } from '../ground/gateway-error.ts';
import { IgnoreRules } from '../ground/ignore-rules.ts';
import { hashOf } from './blobs.ts';
import { compare, type FileChange } from './compare.ts';
import { isOnlyPlaceholder } from './guard.ts';
import type { ContentOf } from './line-counts.ts';
import { readReal } from './restore.ts';
import type { Look, SessionSnapshots } from './session-snapshots.ts';
import { indexAt } from './unfold.ts';

/** What changed between two moments, and how the contents of both are read. */
export type Range = {
  /** When the first was taken down, Unix milliseconds. */
  since: number;
  changes: FileChange[];
  contentOf: { before: ContentOf; after: ContentOf };
};

/** Where a moment stands among the snapshots. Throws INVALID_MESSAGE for one of which nothing was taken down. */
export function findMoment(lines: Look['lines'], name: string): number {
  const isIt = (line: Look['lines'][number]) => line.kind !== 'turn_end' && line.name === name;
  const at = name === 'start' ? 0 : lines.findIndex(isIt);
  if (lines[at] !== undefined) return at;
  throw refusal('unknown', `nothing is known of how the files were before ${name}`);
}

/** From a moment until now. Throws INVALID_MESSAGE. */
export function rangeUntilNow(own: SessionSnapshots, look: Look, name: string): Range {
  const live: ContentOf = ({ sha256, size }, path) => {
    const { workDir } = own;
    const content = sha256 === null ? undefined : readReal({ workDir, path, maxBytes: size });
    return content && hashOf(content) === sha256 ? content : undefined;
  };
  return rangeFrom(own, findMoment(look.lines, name), { look, until: look, after: live });
}

/** Of a turn that has ended, what it did; else as until now. Throws INVALID_MESSAGE. */
export function rangeOf(own: SessionSnapshots, look: Look, name: string): Range {
  const { lines } = look;
  const at = findMoment(lines, name);
  const isTurn = lines[at]?.kind === 'turn';
  const end = lines.findIndex(({ kind }, index) => isTurn && index > at && kind !== 'undo');
  const last = lines[end];
  if (last === undefined) return rangeUntilNow(own, look, name);
  const until = { index: indexAt(lines, end), partial: last.partial };
  return rangeFrom(own, at, { look, until, after: heldBy(own) });
}

type Sides = { look: Look; until: Pick<Look, 'index' | 'partial'>; after: ContentOf };

function rangeFrom(own: SessionSnapshots, at: number, { look: { lines }, until, after }: Sides): Range {
  const { partial = null, at: since = 0 } = lines[at] ?? {};
  const index = indexAt(lines, at);
  const before = heldBy(own);
  const wasIgnored = (path: string) =>
    IgnoreRules.leaveOut(path, (folder) => {
      const place = folder === '' ? '.gitignore' : `${folder}/.gitignore`;
      const rules = index.get(place);
      return rules && before(rules, place)?.toString('utf8');
    });
  const found = compare({ index, partial }, until, wasIgnored);
  const changes = found.filter((change) => !isOnlyPlaceholder(own.guard, change));
  return { since, changes, contentOf: { before, after } };
}

const heldBy =
  ({ blobs }: SessionSnapshots): ContentOf =>
  ({ sha256 }) =>
    sha256 === null ? undefined : blobs.get(sha256);

export const refusal = (reason: string, message: string) =>
  new GatewayError('INVALID_MESSAGE', message, { details: { reason } });
