export { AepChatTransport, type AepChatTransportOptions, type ForeignTurn } from './aep-chat-transport.ts';
export type { AepChunk, AepData, AepMetadata, AepToolView, AepUIMessage } from './aep-ui-message.ts';
export { type History, toMessages } from './to-messages.ts';
export { TurnMapper } from './turn-mapper.ts';
