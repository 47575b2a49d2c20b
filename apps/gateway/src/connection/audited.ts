import type { ClientEnvelope } from '@hotplex/aep-protocol';
import type { Identity } from '../auth/identity.ts';
import type { Audit } from '../ground/audit.ts';
import { toGatewayError } from '../ground/gateway-error.ts';
import { sha256 } from '../ground/sha256.ts';

/** What those who check credentials have taken down already. */
const takenDown: ReadonlySet<string> = new Set(['UNAUTHORIZED', 'RATE_LIMITED']);

type Subject = { audit: Audit; identity: Identity; sessionId: string };

/** Does what a frame asks and, if it changes the session or its agent, takes down who asked for it (requirement L1). */
export async function audited<T>(
  { event }: ClientEnvelope,
  { audit, identity, sessionId }: Subject,
  work: () => Promise<T>,
): Promise<T> {
  const action = actionOf(event);
  if (action === undefined) return work();
  const entry = { actor: identity.subject, sessionId, action, rules: [], inputHash: hashOf(event) };
  const answer = await work().catch((error: unknown) => {
    const { code } = toGatewayError(error);
    if (!takenDown.has(code)) audit.record({ ...entry, decision: 'deny', reason: code });
    throw error;
  });
  audit.record({ ...entry, decision: 'allow', reason: null });
  return answer;
}

/** Prompts are in the log of their session, and answers to requests are taken down with what they decide. */
function actionOf(event: ClientEnvelope['event']): string | undefined {
  if (event.type === 'control') return `control ${event.data.action}`;
  return event.type === 'worker_command' ? `command ${event.data.command}` : undefined;
}

function hashOf(event: ClientEnvelope['event']): string {
  // A new credential is nothing to be compared with.
  const data = event.type === 'control' ? { ...event.data, auth: undefined } : event.data;
  return sha256(JSON.stringify(data));
}
