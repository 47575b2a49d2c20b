import * as z from 'zod';
import type { AuditEntry } from '../ground/audit.ts';
import { sha256 } from '../ground/sha256.ts';
import type { InteractionRecord } from '../store/store.ts';
import type { InteractionResponse } from '../worker/worker.ts';

type Decided = { answer: InteractionResponse; by: string | null; reason: string; sessionId: string };

const asked = z.looseObject({
  tool_name: z.string().optional(),
  input_raw: z.unknown().optional(),
  policy: z.looseObject({ rule: z.string() }).optional(),
});

/** How something that the agent asked was decided, and by whom: stored in the same step (requirement L1). */
export function auditEntry(
  { kind, request }: InteractionRecord,
  { answer, by, reason, sessionId }: Decided,
): AuditEntry {
  const { tool_name, input_raw, policy } = asked.parse(request);
  const changed = answer.kind === 'permission' ? answer.updatedInput : undefined;
  const input = kind === 'permission' ? [tool_name, changed ?? input_raw] : request;
  return {
    ...{ actor: by, sessionId, action: kind, decision: isAllowed(answer) ? 'allow' : 'deny', reason },
    ...{ rules: policy ? [policy.rule] : [], inputHash: sha256(JSON.stringify(input)) },
  };
}

function isAllowed(answer: InteractionResponse): boolean {
  switch (answer.kind) {
    case 'permission':
      return answer.allowed;
    case 'question':
      return answer.answers !== null;
    case 'elicitation':
      return answer.action === 'accept';
  }
}
