import type { MakeApproval } from '../../ground/approval-link.ts';
import type { Clock } from '../../ground/clock.ts';
import type { HookTarget } from '../../settings/hooks-settings.ts';
import { toOutcome } from '../format/to-outcome.ts';
import { type HookRequest, toRequest } from '../format/to-request.ts';
import type { HookMessage } from '../hook-message.ts';
import type { SendHook } from './send.ts';

/** Posts to an address that was looked at before; throws what is wrong with it or with its answer. */
export type PostHook = (
  request: HookRequest & { mayBePrivate: boolean },
) => Promise<{ status: number; body: string }>;

type AddressOptions = {
  post: PostHook;
  /** Where a person looks at a session. */
  linkTo(sessionId: string): string;
  /** Undefined: there are no links to answer by. */
  makeApproval?: MakeApproval | undefined;
  clock: Clock;
};

/** Tells receivers behind an address. */
export function createSendToAddress({ post, linkTo, makeApproval, clock }: AddressOptions): SendHook {
  return async (target, { sessionId, eventId, message }) => {
    if (!hasUrl(target)) return { taken: false, problem: 'the target has no address', final: true };
    try {
      const told = JSON.parse(message) as HookMessage;
      const requestId = target.approval_links ? requestOf(told) : undefined;
      const approval =
        requestId === undefined ? undefined : makeApproval?.({ hook: target.name, sessionId, requestId });
      const request = toRequest({
        ...{ target, eventId, now: clock.now(), link: linkTo(sessionId), message: told, approval },
      });
      return toOutcome(target.format, await post({ ...request, mayBePrivate: target.private }));
    } catch (error) {
      return { taken: false, problem: error instanceof Error ? error.message : String(error), final: false };
    }
  };
}

const hasUrl = (target: HookTarget): target is HookTarget & { url: string } => target.url !== undefined;

/** What an agent asks in it, if it asks what a person can answer by a link. */
function requestOf({ type, data: { event } }: HookMessage): string | undefined {
  const { id } = event.data;
  const isAnswerable = type === 'permission_request' || type === 'question_request';
  return isAnswerable && typeof id === 'string' ? id : undefined;
}
