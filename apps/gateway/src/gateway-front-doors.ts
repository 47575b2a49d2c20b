import type { Authenticate } from './auth/identity.ts';
import { chatSession } from './chat-session.ts';
import type { Config } from './config-schema.ts';
import type { ClientLimits } from './connection/client-limits.ts';
import type { WsServer } from './connection/ws-server.ts';
import type { Clock } from './ground/clock.ts';
import type { Ids } from './ground/ids.ts';
import type { Api } from './http/answer-api.ts';
import { headerCredential } from './http/header-credential.ts';
import { createLocalFetch } from './http/local-fetch.ts';
import type { SessionRegistry } from './session/session-registry.ts';

type FrontDoorsParts = {
  config: Config;
  api: Api;
  sessions: SessionRegistry;
  authenticate: Authenticate;
  clientLimits: ClientLimits;
  sockets: Pick<WsServer, 'addFrontDoor' | 'connect'>;
  clock: Clock;
  ids: Ids;
  /** Of the gateway itself. */
  version: string;
};

/** Opens the sockets for other protocols that the configuration asks for; what is not asked for is not even loaded. */
export async function openFrontDoors(parts: FrontDoorsParts): Promise<void> {
  const { config, api, sessions, authenticate, clientLimits, sockets, clock, ids, version } = parts;
  const { doors, gateway, security } = config;
  const { api_key_header: apiKeyHeader } = security;
  const entry = {
    ...{ authenticate, clientLimits, clock, initTimeoutMs: gateway.init_timeout },
    fetchFor: createLocalFetch({ api, apiKeyHeader }),
    connect: sockets.connect.bind(sockets),
  };
  if (doors.ai_sdk.enabled) {
    const { createAiSdkDoor } = await import('./connection/ai-sdk/ai-sdk-door.ts');
    const door = createAiSdkDoor({
      ...entry,
      credentialOf: (headers) => headerCredential(headers, apiKeyHeader),
      sessionOf: (chat) => chatSession(chat, { sessions, workerType: doors.ai_sdk.worker_type }),
    });
    sockets.addFrontDoor('/ai-sdk', door);
  }
  if (doors.engine.enabled) {
    const { createEngineDoor } = await import('./connection/engine/engine-door.ts');
    const door = createEngineDoor({
      ...{ ...entry, workerType: doors.engine.worker_type, version, ids },
      greet: (visitor) => sockets.connect(visitor.socket, visitor),
    });
    sockets.addFrontDoor('/ws/v1/agent', door);
  }
}
