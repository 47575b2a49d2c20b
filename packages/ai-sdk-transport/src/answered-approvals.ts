import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { isToolUIPart } from 'ai';
import type { AepUIMessage } from './ui-message.ts';

/** The permission requests of a message that were answered in the browser and wait for the gateway. */
export function answeredApprovals({
  parts,
}: AepUIMessage): { id: string; allowed: boolean; reason?: string }[] {
  return parts.flatMap((part) => {
    if (!isToolUIPart(part) || part.state !== 'approval-responded') return [];
    const { id, approved, reason } = part.approval;
    return [{ id, allowed: approved, ...(reason === undefined ? {} : { reason }) }];
  });
}

/** Where in a turn the newest permission request stands that a message shows; -1 if it shows none. */
export function lastApprovalIndex(envelopes: readonly ServerEnvelope[], { parts }: AepUIMessage): number {
  const shown = new Set(
    parts.flatMap((part) => (isToolUIPart(part) && part.approval ? [part.approval.id] : [])),
  );
  return envelopes.findLastIndex(
    ({ event }) => event.type === 'permission_request' && shown.has(event.data.id),
  );
}
