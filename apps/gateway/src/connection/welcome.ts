import { protocolVersion, type ServerCapabilities, type ServerData } from '@hotplex/aep-protocol';
import type { Metrics } from '../ground/metrics.ts';
import { replayFrom } from '../session/replay-from.ts';
import type { WorkerDefinition, WorkerReady } from '../worker/worker.ts';
import type { HandshakeOptions, Opened } from './handshake.ts';

/** What somebody who comes to a session is told first, and from where the log follows it. */
export type Welcome = {
  ack: ServerData<'init_ack'>;
  resync?: ServerData<'resync'>;
  /** The last number of the log as it was then. */
  seq: number;
  /** The number after which the client hears it. */
  after: number;
};

type WelcomeOptions = Pick<HandshakeOptions, 'findWorker' | 'sessions' | 'maxFrameBytes'> & {
  metrics: Metrics;
};

/** The session as it stands, for this caller (rules H4, R3). */
export function readWelcome(opened: Opened, options: WelcomeOptions): Welcome {
  const { session, init } = opened;
  const { findWorker, sessions, maxFrameBytes, metrics } = options;
  const { workerType, config, lastSeq } = session.record;
  const { definition } = findWorker(workerType, config);
  const caps = capabilities(definition, sessions.ready(definition), maxFrameBytes);
  const ack = initAck(opened, { caps, isolation: definition.isolation });
  const { last_seq: seq, epoch } = init;
  // Without a number a client wants what comes from now on.
  if (seq === undefined) return { ack, seq: lastSeq, after: lastSeq };
  const replay = replayFrom({ seq, epoch }, session);
  metrics.observe('gateway_replay_events', {}, lastSeq - replay.after);
  return { ack, seq: lastSeq, ...replay };
}

/** What this worker can do, as it is true for the adapter in use (rule H4). */
function capabilities(
  definition: WorkerDefinition,
  ready: WorkerReady | undefined,
  maxFrameBytes: number,
): ServerCapabilities {
  const { version: _, ...announced } = ready ?? {};
  return {
    protocol_version: protocolVersion,
    worker_type: definition.type,
    ...definition.capabilities,
    ...announced,
    worker_commands: [...definition.commands],
    supports_ping: true,
    max_frame_size: maxFrameBytes,
    queue: true,
    replay: true,
  };
}

/** The first frame of an accepted connection: the session as it stands. */
function initAck(
  { session, role }: Opened,
  { caps, isolation = 'none' }: { caps: ServerCapabilities; isolation?: WorkerDefinition['isolation'] },
): ServerData<'init_ack'> {
  const { id, state, epoch, lastSeq, turn, nativeSessionId } = session.record;
  return {
    session_id: id,
    state,
    server_caps: caps,
    epoch,
    last_seq: lastSeq,
    oldest_seq: session.oldestSeq(),
    isolation,
    resumed: nativeSessionId !== null,
    queue: session.queue.map(({ inputId }) => inputId),
    pending: session.pending.map((row) => row.id),
    turn: turn ? { id: turn.id, first_seq: turn.firstSeq } : null,
    role,
  };
}
