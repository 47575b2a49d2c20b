import type { AepChunk } from '@hotplex/ai-sdk-transport';
import type { UIMessageChunk, WebSocketChatTransportResponse } from 'ai';

/** What the AI SDK’s transport is told; its chunks may be ours. */
export type AiSdkFrame =
  | Exclude<WebSocketChatTransportResponse, { type: 'chunk' }>
  | { type: 'chunk'; requestId: string; sequence: number; chunk: AepChunk | UIMessageChunk };
