import { chatSession } from './chat-session.ts';
import type { Config } from './config-schema.ts';
import type { ClientLimits } from './connection/client-limits.ts';
import type { WsServer } from './connection/ws-server.ts';
import type { Api } from './http/answer-api.ts';
import { headerCredential } from './http/header-credential.ts';
import { createLocalFetch } from './http/local-fetch.ts';
import type { OpenCodeApiOptions } from './http/opencode/opencode-api.ts';
import { toldSessions } from './session/told-sessions.ts';
import type { SessionStore } from './store/store.ts';

type FrontDoorsParts = Omit<OpenCodeApiOptions, 'limits' | 'workerType' | 'apiKeyHeader' | 'told'> & {
  config: Config;
  store: Pick<SessionStore, 'find' | 'events' | 'openInteractions'>;
  api: Api;
  apiKeyHeader: string;
  clientLimits: ClientLimits;
  sockets: Pick<WsServer, 'addFrontDoor' | 'connect' | 'slowLimits'>;
};

/** Opens the ways in for other protocols that the configuration asks for; what is not asked for is not even loaded. */
export async function openFrontDoors(parts: FrontDoorsParts): Promise<{ opencode: Api | undefined }> {
  const { config, api, apiKeyHeader, sessions, router, authenticate, clientLimits, sockets, clock, ids } =
    parts;
  const { ai_sdk, engine, opencode } = config.doors;
  const entry = {
    ...{ authenticate, clientLimits, clock, initTimeoutMs: config.gateway.init_timeout },
    fetchFor: createLocalFetch({ api, apiKeyHeader }),
    connect: sockets.connect.bind(sockets),
    slowLimits: () => sockets.slowLimits,
  };
  if (ai_sdk.enabled) {
    const { createAiSdkDoor } = await import('./connection/ai-sdk/ai-sdk-door.ts');
    const door = createAiSdkDoor({
      ...entry,
      credentialOf: (headers) => headerCredential(headers, apiKeyHeader),
      sessionOf: (chat) => chatSession(chat, { sessions, router, workerType: ai_sdk.worker_type }),
    });
    sockets.addFrontDoor('/ai-sdk', door);
  }
  if (engine.enabled) {
    const { createEngineDoor } = await import('./connection/engine/engine-door.ts');
    const door = createEngineDoor({
      ...{ ...entry, workerType: engine.worker_type, version: parts.version, ids },
      greet: (visitor) => sockets.connect(visitor.socket, visitor),
    });
    sockets.addFrontDoor('/ws/v1/agent', door);
  }
  if (!opencode.enabled) return { opencode: undefined };
  const { createOpenCodeApi } = await import('./http/opencode/opencode-api.ts');
  const { worker_type: workerType } = opencode;
  const told = toldSessions(parts);
  return { opencode: createOpenCodeApi({ ...parts, told, limits: clientLimits, workerType }) };
}
