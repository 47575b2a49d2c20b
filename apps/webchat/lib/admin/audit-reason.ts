import { isErrorCode } from '@hotplex/aep-protocol';
import type { Texts } from '../texts/en.ts';

/** How a request of an agent was decided, why a credential was refused, or the status with which the API refused. */
type Reason =
  | 'answered'
  | 'timeout'
  | 'interrupted'
  | 'policy'
  | 'expired'
  | 'revoked'
  | 'forbidden'
  | 'unknown'
  | '400'
  | '403'
  | '404'
  | '409'
  | '413';

export type ReasonTexts = Readonly<Record<Reason, string>>;

/** Why it came out so, in words; undefined for a reason that this page does not know. */
export function auditReasonWords(
  reason: string,
  reasons: ReasonTexts,
  messages: Texts['errors']['messages'],
): string | undefined {
  if (Object.hasOwn(reasons, reason)) return reasons[reason as Reason];
  return isErrorCode(reason) ? messages[reason] : undefined;
}
