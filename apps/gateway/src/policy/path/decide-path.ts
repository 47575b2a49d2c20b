import { isAbsolute, normalize } from 'node:path';
import { followPath, isWithin } from '../../ground/follow-path.ts';
import { classifyPlace } from '../place/classify-place.ts';
import type { Decision, PolicyContext, ToolCall, Verdict } from '../policy.ts';
import { judgePlace } from './judge-place.ts';
import { lookAt } from './look-at.ts';
import { readingsOf } from './readings.ts';

/** A call of an agent's file tool. */
export type FileCall = Extract<ToolCall, { path: string }>;

/** As long as Linux takes (limits.h, PATH_MAX). */
const longestPath = 4_096;
const order: readonly Decision[] = ['allow', 'ask', 'deny'];
/** What is there is made up when it is read, and parts of it lead anywhere. */
const kernelDoors: readonly string[] = ['/dev', '/proc', '/sys'];
/** Characters that the tables of places keep for wildcards. */
const marks = /[\uE000-\uE004]/g;
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/u;

/**
 * May an agent's file tool touch this? Its work dir is its own, secrets and protected names are nobody's, and about the
 * rest a person is asked. A path must lead where it seems to: one that begins in the work dir and ends outside, by a link
 * or `..`, is refused (F2, F3). Looks at the disk; what it says holds for now.
 */
export function decidePath(call: FileCall, context: PolicyContext): Verdict {
  const { path, cwd } = call;
  if (path === '') return deny('F3', 'a path without a name is no file');
  if (path.includes('\0')) return deny('F3', 'the path holds a NUL character, which ends it early');
  if (Buffer.byteLength(path) > longestPath)
    return deny('F3', `the path is longer than ${longestPath} bytes`);
  if (/^([a-z][a-z0-9+.-]+:\/\/|file:)/i.test(path)) return deny('F3', 'this is a URL, not a path');
  const real = followContext(context);
  const verdicts = readingsOf(path, context.home).map((reading) =>
    decideReading({ ...call, path: isAbsolute(reading) ? reading : `${cwd}/${reading}` }, { context, real }),
  );
  if (unseen.test(path))
    verdicts.push({ decision: 'ask', rule: 'C7', reason: 'the path holds invisible characters' });
  const targets = [...new Set(verdicts.flatMap((verdict) => verdict.targets ?? []))];
  return { ...(targets.length > 0 ? { targets } : {}), ...strictest(verdicts) };
}

type Contexts = { context: PolicyContext; real: PolicyContext };

function decideReading({ kind, path, cwd }: FileCall, { context, real }: Contexts): Verdict {
  const text = path.replace(marks, '\uFFFD');
  const seeming = judgePlace(kind, classifyPlace(text, cwd, context), context.workDir);
  // By its name alone it may be refused; what leads back into the work dir is judged by where it leads.
  if (seeming.decision === 'deny') return seeming;
  if (kernelDoors.some((door) => isWithin(door, path)))
    return deny('F3', 'this is a door of the kernel, not a file');
  const found = lookAt(path, { followsLast: kind !== 'delete' });
  if (found === undefined)
    return deny(
      'F3',
      'nobody can say where this path leads: a loop, a file used as a folder, or `..` behind a link',
    );
  const targets = [found.real];
  const seemsInside = [context.workDir, real.workDir].some(
    (base) => isWithin(base, path) || path.startsWith(`${base}/`),
  );
  if (seemsInside && !isWithin(real.workDir, found.real))
    return deny('F2', `the path begins in the work dir and leads out of it, to ${found.real}`, targets);
  if (found.kind === 'special' || kernelDoors.some((door) => isWithin(door, found.real)))
    return deny('F3', 'this is a pipe, a socket or a device, not a file', targets);
  if (found.kind === 'directory' && kind === 'write')
    return deny('F3', 'this is a directory, where a file is to be written', targets);
  const verdict = judgePlace(
    kind,
    classifyPlace(found.real.replace(marks, '\uFFFD'), cwd, real),
    real.workDir,
  );
  const linked: Verdict[] =
    found.isLinked && kind === 'write'
      ? [
          {
            decision: 'ask',
            rule: 'F3',
            reason: 'the file has other names (hard links), which would change with it',
          },
        ]
      : [];
  return { ...strictest([verdict, ...linked]), targets };
}

/** The places of a session as they really are: links in them are followed. */
function followContext(context: PolicyContext): PolicyContext {
  const follow = (path: string) => followPath(path) ?? normalize(path);
  return {
    ...context,
    workDir: follow(context.workDir),
    home: follow(context.home),
    gatewayDirs: context.gatewayDirs.map(follow),
  };
}

const deny = (rule: string, reason: string, targets: readonly string[] = []): Verdict => ({
  ...{ decision: 'deny', rule, reason },
  ...(targets.length > 0 ? { targets } : {}),
});

/** The first of the strictest. */
function strictest(verdicts: readonly Verdict[]): Verdict {
  const [first, ...rest] = verdicts;
  if (!first) return deny('F3', 'nothing is known of this path');
  return rest.reduce((a, b) => (order.indexOf(b.decision) > order.indexOf(a.decision) ? b : a), first);
}
