/**
 * Talks to coding agents behind a HotPlex gateway, from Node and browsers.
 * @module client-sdk
 */

export { AepError, type LocalErrorCode } from './aep-error.ts';
export type { AgentList, AgentSummary, IsolationOffer } from './agent-summary.ts';
export type { Backoff } from './backoff.ts';
export {
  type ChangedFile,
  type ChangedText,
  type ChangeList,
  ChangesApi,
  type FileText,
  type LeftOutFiles,
  type LeftReason,
  type RevertOptions,
  type RevertResult,
} from './changes-api.ts';
export { AepClient } from './client.ts';
export type { ClientClock } from './client-clock.ts';
export type { AepClientOptions, Auth, InitAck } from './client-options.ts';
export type { ConnectionState } from './connection-state.ts';
export { type FileList, FilesApi, toFilePart, type UploadedFile } from './files-api.ts';
export type { PromptInput } from './pending-input.ts';
export type { RewindOptions, RewindPreview, RewindResult, RewoundFile } from './rewind.ts';
export {
  type EventPage,
  type ForkOptions,
  type SearchHit,
  type SessionSummary,
  SessionsApi,
} from './sessions-api.ts';
export { type LeftOut, type SharedPage, type ShareLink, type ShareOptions, SharesApi } from './shares-api.ts';
export { type TerminalConversation, TerminalConversationsApi } from './terminal-conversations-api.ts';
export type { Traceparent } from './traceparent.ts';
export type { Turn, TurnResult } from './turn.ts';
export type { WebSocketConstructor, WebSocketLike } from './web-socket.ts';
export type { WorkDirFile, WorkDirPath } from './work-dir-file.ts';
export type { WorkFolder, WorkFolderList } from './work-folder.ts';
