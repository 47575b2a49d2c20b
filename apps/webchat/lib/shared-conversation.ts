import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { type AepUIMessage, toMessages } from '@hotplex/ai-sdk-transport';
import { AepError, type SharedPage, type SharesApi } from '@hotplex/client-sdk';

/** What a guest sees: the same messages as its owner, without what is left out. */
export type SharedConversation = Omit<SharedPage, 'events' | 'next_after'> & { messages: AepUIMessage[] };

/** Reads all that a link shows now. Rejects if it shows nothing any more, or the gateway does not answer. */
export async function readShared(api: Pick<SharesApi, 'read'>, token: string): Promise<SharedConversation> {
  const envelopes: ServerEnvelope[] = [];
  for (let after = 0; ; ) {
    const { events, next_after: next, ...page } = await api.read(token, { after });
    envelopes.push(...events);
    if (next === null) return { ...page, messages: (await toMessages(envelopes)).messages };
    after = next;
  }
}

/** Whether a link has ended, or never was one: trying again does not help. */
export function hasEnded(error: unknown): boolean {
  return error instanceof AepError && ['UNAUTHORIZED', 'AUTH_REQUIRED'].includes(error.code);
}
