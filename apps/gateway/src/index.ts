/**
 * HotPlex inside a program of Node: agents as sessions, with or without a gateway's port.
 * @module gateway
 */

export type { ServerEnvelope, ServerEvent, SessionConfig } from '@hotplex/aep-protocol';
export { AepError, type Turn, type TurnResult } from '@hotplex/client-sdk';
export type { Settings } from './config-schema.ts';
export {
  createEngine,
  createGateway,
  type EmbeddedGateway,
  type Engine,
  type EngineOptions,
  type EngineSession,
  type EngineSessionOptions,
} from './engine.ts';
export type { Answers } from './engine-questions.ts';
export type { Logger } from './ground/logger.ts';
export { StartError } from './ground/start-error.ts';
