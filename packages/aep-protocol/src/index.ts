/**
 * The words of AEP v1: events, states, codes.
 * @module aep-protocol
 */

export { delivery, inputPart, permissionMode, sessionConfig, workerCommandName } from './client-events.ts';
export { type CloseName, closeCodes, shouldReconnect } from './close-codes.ts';
export { clientControlAction, serverControlAction } from './control.ts';
export { type Decoded, decodeClientFrame, type Refusal } from './decode.ts';
export { decodeServerFrame, isLoggedKind } from './decode-server-frame.ts';
export {
  type ClientEnvelope,
  clientEnvelope,
  type Envelope,
  encode,
  escapeLineSeparators,
  type ServerEnvelope,
} from './envelope.ts';
export { type ErrorCode, errorCodes, isErrorCode } from './error-codes.ts';
export {
  type ClientData,
  type ClientEvent,
  type ClientKind,
  type ConnectionEvent,
  clientEvents,
  type Delivery,
  type InputPart,
  type InputStatus,
  type InteractionEvent,
  type LoggedEvent,
  loggedEvents,
  type ServerCapabilities,
  type ServerData,
  type ServerEvent,
  type ServerKind,
  type SessionConfig,
  type SessionTotals,
  serverEvents,
  type ToolKind,
  type TurnEvent,
  type TurnStats,
} from './events.ts';
export { type FieldProblem, fieldProblems } from './field-problems.ts';
export { inputAuthor } from './input-author.ts';
export {
  type IsolationLevel,
  type IsolationProblem,
  isolationLevels,
  isolationProblems,
} from './isolation-level.ts';
export { jsonSchema } from './json-schema.ts';
export { type NoticeReason, noticeReasons } from './notice-reasons.ts';
export { deriveSessionId, type SessionKey, uuidV5 } from './session-id.ts';
export { canMove, isActive, type SessionState, sessionStates, sessionTransitions } from './session-state.ts';
export { sessionTotals, turnStats } from './turn-events.ts';
export { protocolVersion, subprotocol } from './version.ts';
