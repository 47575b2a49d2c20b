/**
 * Lets the AI SDK talk to a HotPlex gateway.
 * @module ai-sdk-transport
 */

export { AepChatTransport } from './aep-chat-transport.ts';
export { errorText } from './error-text.ts';
export { TurnMapper, type TurnMapperOptions } from './mapping/turn-mapper.ts';
export type { ForeignTurn } from './session/session-feed.ts';
export type { Participant } from './session/session-line.ts';
export {
  type ContextReading,
  nextFacts,
  noFacts,
  type QueuedPrompt,
  type SessionFacts,
} from './status/session-facts.ts';
export { type SessionStatus, SessionWatch, type WatchOptions } from './status/session-watch.ts';
export { type History, toMessages } from './to-messages.ts';
export type { AepChatTransportOptions } from './transport-options.ts';
export type { AepChunk, AepData, AepMetadata, AepToolView, AepUIMessage } from './ui-message.ts';
