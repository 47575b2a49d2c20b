import type { AepUIMessage } from '@hotplex/ai-sdk-transport';

/** The ids of everything the agent waits for. Only the newest message can hold any. */
export function openRequests(messages: readonly AepUIMessage[]): string[] {
  return (messages.at(-1)?.parts ?? []).flatMap((part) => {
    switch (part.type) {
      case 'data-permission':
      case 'data-question':
      case 'data-elicitation':
        return part.data.status === 'pending' ? [part.data.id] : [];
      default:
        return [];
    }
  });
}

/** The element id of the card of a request; where the bar above the composer leads to. */
export function requestElementId(requestId: string): string {
  return `request-${requestId}`;
}
