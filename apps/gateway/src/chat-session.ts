import type { AiSdkDoorOptions } from './connection/ai-sdk/ai-sdk-door.ts';
import { GatewayError } from './ground/gateway-error.ts';
import { mayAct } from './ground/role.ts';
import { findOwner, type OwnerSearch } from './session/find-owner.ts';
import type { SessionRegistry } from './session/session-registry.ts';

type Chat = Parameters<AiSdkDoorOptions['sessionOf']>[0];

/** The id of a chat’s session: the chat’s own id is that, or the key of it (rule H6). Throws what `open` does. */
export async function chatSession(
  { id, body, identity, mayCreate }: Chat,
  { sessions, router, workerType }: OwnerSearch & { sessions: SessionRegistry; workerType: string },
): Promise<string | undefined> {
  const { worker_type = workerType, config = {} } = body;
  const asked = { identity, workerType: worker_type, key: id, config };
  const owner = await findOwner(asked, { sessions, router });
  if (owner !== 'here') return owner.sessionId;
  const known = sessions.find(id, identity);
  if (known) return known.record.id;
  try {
    return sessions.open({ ...asked, mayCreate: mayCreate && mayAct(identity.role, 'driver') }).record.id;
  } catch (error) {
    if (!mayCreate && error instanceof GatewayError && error.code === 'SESSION_NOT_FOUND') return undefined;
    throw error;
  }
}
