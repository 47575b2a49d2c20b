import { relative } from 'node:path';
import { isWithin } from '../../ground/follow-path.ts';
import type { Place, Zone } from '../place/classify-place.ts';
import type { Verdict } from '../policy.ts';
import { isProtectedName } from './protected-names.ts';

export type FileAction = 'read' | 'write' | 'delete';

const none: Verdict = { decision: 'allow', rule: 'none', reason: 'nothing speaks against this path' };
const outside: Verdict = { decision: 'ask', rule: 'F2', reason: 'the path is outside of the work dir' };
const notAFile: Verdict = {
  decision: 'deny',
  rule: 'F3',
  reason: 'this is a device or a door of the kernel, not a file',
};

const reads: Readonly<Record<Zone, Verdict>> = {
  work: none,
  'project-configuration': none,
  ...{ temporary: outside, outside, 'home-configuration': outside, system: outside },
  gateway: { decision: 'deny', rule: 'N6', reason: 'this belongs to the gateway' },
  ...{ device: notAFile, stream: notAFile, network: notAFile },
};

const writes: Readonly<Record<Zone, Verdict>> = {
  work: none,
  'project-configuration': {
    decision: 'ask',
    rule: 'C5',
    reason: 'agents or tools obey this file of the project',
  },
  ...{ temporary: outside, outside },
  'home-configuration': {
    decision: 'deny',
    rule: 'N2',
    reason: 'what is written here runs or counts as the user',
  },
  system: { decision: 'deny', rule: 'N2', reason: 'this belongs to the system' },
  gateway: { decision: 'deny', rule: 'N2', reason: 'this belongs to the gateway' },
  ...{ device: notAFile, stream: notAFile, network: notAFile },
};

/** What a file tool of a session in this work dir may do with a place. */
export function judgePlace(action: FileAction, place: Place, workDir: string): Verdict {
  const isInside = isWithin(workDir, place.path);
  if (place.secret) return { decision: 'deny', rule: 'N6', reason: 'this holds keys or sign-ins' };
  if (action === 'read') {
    const verdict = isInside || place.zone !== 'project-configuration' ? reads[place.zone] : outside;
    return place.holdsSecrets && verdict.decision === 'allow'
      ? { decision: 'ask', rule: 'N6', reason: 'keys or sign-ins lie further down' }
      : verdict;
  }
  if (isProtectedName(isInside ? relative(workDir, place.path) : place.path))
    return {
      decision: 'deny',
      rule: 'B5',
      reason: 'what is written here is run or obeyed by tools, so nobody writes it',
    };
  if (action === 'delete' && (place.protectedRoot || place.holdsConfiguration))
    return { decision: 'deny', rule: 'N1', reason: 'this is a protected root' };
  if (place.wholeProject)
    return { decision: 'ask', rule: 'C5', reason: 'this is the whole project or its repository' };
  return writes[place.zone];
}
