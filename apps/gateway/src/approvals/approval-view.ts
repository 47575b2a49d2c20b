import * as z from 'zod';
import type { ApprovalLink } from '../ground/approval-link.ts';
import { sha256 } from '../ground/sha256.ts';
import { type AskedQuestion, allowedOnce, readAsked } from './asked.ts';
import { clean, type ShownRequest, toShown } from './shown-request.ts';

/** A session, as far as the page of a link tells of it. */
export type ViewedSession = {
  title: string | null;
  ownerId: string;
  workerType: string;
  workDir: string;
  state: string;
};

/** A request of an agent, as it is stored. Times are Unix milliseconds. */
export type ViewedRequest = {
  kind: 'permission' | 'question' | 'elicitation';
  request: Record<string, unknown>;
  status: 'open' | 'resolved';
  resolution: Record<string, unknown> | null;
  resolvedAt: number | null;
  deadlineAt: number;
  createdAt: number;
};

/** What whoever has a link is shown: what is asked, and once it is decided only how. */
export type ApprovalView = AskedView | DecidedView;

/** What nobody decided yet, without what looks like a secret. */
export type AskedView = ShownRequest & {
  kind: 'permission' | 'question';
  session: { title: string | null; owner: string; agent: string; workDir: string };
  description: string | undefined;
  /** Why the policy has somebody asked. */
  reason: string | undefined;
  /** Whether all of what would run, or is asked, is shown: nothing redacted, nothing cut off. */
  isWhole: boolean;
  /** Whether it can be allowed for this once; of a question, whether there is something to choose. Never what is hidden. */
  mayAllow: boolean;
  askedAt: number;
  expiresAt: number;
  /** SHA-256 of what is shown of the request, by which an answer tells what it is to. */
  digest: string;
  outcome: null;
};

/** Its link may be in many hands by then, and nobody needs to know more. */
export type DecidedView = { kind: AskedView['kind']; outcome: Outcome };

/** `by` is null where nobody said it; a hook is `hook:NAME`. */
export type Outcome = { allowed: boolean; by: string | null; at: number | null };

const resolution = z.object({
  allowed: z.boolean().optional(),
  answers: z.unknown().optional(),
  by: z.string().nullable().catch(null),
});

/** What a link shows of its request. */
export function toView(
  { expiresAt }: Pick<ApprovalLink, 'expiresAt'>,
  { title, ownerId, workerType, workDir }: ViewedSession,
  { kind, request, status, resolution: decided, resolvedAt, createdAt }: ViewedRequest,
): ApprovalView {
  const isPermission = kind === 'permission';
  const about = { kind: isPermission ? 'permission' : 'question' } as const;
  if (status === 'resolved') return { ...about, outcome: toOutcome(decided, resolvedAt) };
  const asked = readAsked(request);
  const { shown, isWhole } = toShown(asked);
  const isOffered = isPermission ? allowedOnce(asked) !== undefined : isChoice(shown.questions);
  const content = {
    ...{ ...about, ...shown, description: clean(asked.description), reason: clean(asked.policy?.reason) },
    ...{ isWhole, mayAllow: isWhole && isOffered, askedAt: createdAt },
  };
  return {
    ...{ ...content, expiresAt, digest: sha256(JSON.stringify(content)), outcome: null },
    session: { title: clean(title ?? undefined) ?? null, owner: ownerId, agent: workerType, workDir },
  };
}

function toOutcome(decided: Record<string, unknown> | null, at: number | null): Outcome {
  const { allowed, answers, by } = resolution.parse(decided ?? {});
  return { allowed: allowed ?? (answers !== null && answers !== undefined), by, at };
}

const isChoice = (questions: readonly AskedQuestion[]) =>
  questions.length > 0 && questions.every(({ options }) => options.length > 0);
