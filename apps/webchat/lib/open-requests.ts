import type { AepUIMessage } from '@hotplex/ai-sdk-transport';

const requestTypes = ['data-permission', 'data-question', 'data-elicitation'];

/** The ids of everything the agent waits for. Only the newest message can hold any. */
export function openRequests(messages: readonly AepUIMessage[]): string[] {
  return (messages.at(-1)?.parts ?? []).flatMap((part) => {
    if (!requestTypes.includes(part.type) || !('data' in part)) return [];
    const data = part.data as { id?: string; status?: string };
    return data.status === 'pending' && data.id !== undefined ? [data.id] : [];
  });
}

/** The element id of the card of a request; where the bar above the composer leads to. */
export function requestElementId(requestId: string): string {
  return `request-${requestId}`;
}
