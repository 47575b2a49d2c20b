import {
  type ClientData,
  type ClientEnvelope,
  protocolVersion,
  type ServerData,
  type SessionConfig,
} from '@hotplex/aep-protocol';
import type { Attempt, Authenticate, Identity } from '../auth/identity.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import { mayAct } from '../ground/role.ts';
import type { OpenRequest } from '../session/open-request.ts';
import type { Session } from '../session/session.ts';
import type { SessionRegistry } from '../session/session-registry.ts';
import type { WorkerDefinition } from '../worker/worker.ts';

export type HandshakeOptions = {
  authenticate: Authenticate;
  sessions: SessionRegistry;
  findWorker(type: string, config?: SessionConfig): { definition: WorkerDefinition };
  maxFrameBytes: number;
  /** Whether the agent is started as soon as somebody who may drive it connects. */
  prewarm: boolean;
};

type Init = ClientData<'init'>;
export type Opened = { identity: Identity; session: Session; role: 'driver' | 'viewer'; init: Init };

/** A first frame, and who sent it. */
export type Greeting = { envelope: ClientEnvelope; init: Init; identity: Identity };

/** Who is at the other end: from the request's headers, or from the first frame (rule H2). Throws GatewayError. */
export async function identify(
  { init, early, attempt }: { init: Init; early: Identity | undefined; attempt: Attempt },
  { authenticate }: Pick<HandshakeOptions, 'authenticate'>,
): Promise<Identity> {
  if (init.version !== protocolVersion) {
    throw new GatewayError(
      'VERSION_MISMATCH',
      `version ${init.version} is not spoken here; use ${protocolVersion}`,
      {
        details: { max_supported: protocolVersion },
      },
    );
  }
  const token = init.auth?.token;
  if (!early && !token) {
    throw new GatewayError(
      'AUTH_REQUIRED',
      'no credential: send init.auth.token, an Authorization header or an API key header',
    );
  }
  const identity = early ?? (await authenticate({ kind: 'any', token: token ?? '' }, attempt));
  if (!mayAct(identity.role, 'viewer'))
    throw new GatewayError('FORBIDDEN', 'this credential is good for operators only, at admin.addr');
  return identity;
}

/** What a first frame asks for: a session that is there, or may be made. */
export function requestOf({ envelope, init, identity }: Greeting): OpenRequest {
  return {
    ...{ identity, workerType: init.worker_type, key: init.session_id || envelope.session_id },
    ...(init.config ? { config: init.config } : {}),
    mayCreate: mayAct(identity.role, 'driver'),
  };
}

/**
 * The session that this caller means; nothing is made or revealed before he is known (rules H2, H3, H6). Whose credential
 * is good for watching only is a viewer, whatever he asked for, and of what is there already.
 */
export function openSession(
  greeting: Greeting,
  { sessions, prewarm }: Pick<HandshakeOptions, 'sessions' | 'prewarm'>,
): Opened {
  const { init, identity } = greeting;
  const session = sessions.open(requestOf(greeting));
  const role = mayAct(identity.role, 'driver') ? (init.role ?? 'driver') : 'viewer';
  if (prewarm && role === 'driver') session.warm();
  return { identity, session, role, init };
}

/** The refused form of init_ack, as the reference's clients know it (rule H5). */
export function refusedAck(error: GatewayError, workerType: string): ServerData<'init_ack'> {
  return {
    session_id: '',
    state: 'deleted',
    server_caps: {
      ...{ protocol_version: protocolVersion, worker_type: workerType, max_frame_size: 0, modalities: [] },
      ...{ supports_resume: false, supports_delta: false, supports_tool_call: false, supports_ping: false },
      ...{ queue: false, interrupt: false, replay: false },
    },
    error: error.message,
    code: error.code,
    ...(error.details ? { details: error.details } : {}),
  };
}
