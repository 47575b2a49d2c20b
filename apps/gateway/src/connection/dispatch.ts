import type { ClientData, ClientEnvelope, ClientKind, ServerEvent } from '@hotplex/aep-protocol';
import { z } from 'zod';
import type { Identity } from '../auth/identity.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import { mayAct, type Role } from '../ground/role.ts';
import { type BranchTurn, toBranchTurn } from '../session/branch-point.ts';
import type { Session } from '../session/session.ts';
import type { SessionRegistry } from '../session/session-registry.ts';
import type { InteractionResponse } from '../worker/worker.ts';
import { legacyAnswer } from './legacy-answer.ts';

type Context = {
  session: Session;
  identity: Identity;
  role: 'driver' | 'viewer';
  sessions: SessionRegistry;
  traceparent: string | undefined;
  newId: () => string;
};

/** Who may send it. A kind of frame that is not in here does not compile, and is not answered (A5). */
export const neededRole: Readonly<Record<ClientKind, Role>> = {
  init: 'viewer',
  ping: 'viewer',
  input: 'driver',
  'input.edit': 'driver',
  'input.cancel': 'driver',
  permission_response: 'driver',
  question_response: 'driver',
  elicitation_response: 'driver',
  worker_command: 'driver',
  control: 'driver',
};

const turnId = z.string().min(1).max(128).optional();
const forkDetails = z.object({ before_turn: turnId, after_turn: turnId });

/** Does what a client's frame asks. Returns a frame for this connection alone, if there is one; throws GatewayError. */
export async function dispatch(
  { id, event }: ClientEnvelope,
  context: Context,
): Promise<ServerEvent | undefined> {
  const { session, identity, role, sessions, traceparent, newId } = context;
  if (!mayAct(role, neededRole[event.type]))
    throw new GatewayError('FORBIDDEN', 'a viewer may watch but not send: connect with role driver');
  switch (event.type) {
    case 'ping':
      return { type: 'pong', data: { state: session.record.state } };
    case 'init':
      throw new GatewayError('PROTOCOL_VIOLATION', 'init was sent before: one connection, one session');
    case 'input': {
      const answer = legacyAnswer(event.data.metadata);
      if (answer) return void session.respond(answer, identity.subject);
      sessions.requireOpen();
      const { content, parts, delivery, input_id } = event.data;
      const { input, duplicate } = session.prompt({
        inputId: input_id ?? (id === '' ? newId() : id),
        content,
        author: identity.subject,
        traceparent,
        ...(parts ? { parts } : {}),
        ...(delivery ? { delivery } : {}),
      });
      if (!duplicate) return undefined;
      await session.settled();
      const turn = input.turnId === null ? {} : { turn_id: input.turnId };
      return {
        type: 'input.receipt',
        data: { input_id: input.inputId, status: input.status, ...turn, duplicate },
      };
    }
    case 'input.edit':
      return void session.editInput(event.data.input_id, event.data.content);
    case 'input.cancel':
      return void session.cancelInput(event.data.input_id);
    case 'permission_response': {
      const { id: requestId, allowed, reason, option_id, updated_input } = event.data;
      const answer: InteractionResponse = { kind: 'permission', id: requestId, allowed };
      if (reason !== undefined) answer.reason = reason;
      if (option_id !== undefined) answer.optionId = option_id;
      if (updated_input !== undefined) answer.updatedInput = updated_input;
      return void session.respond(answer, identity.subject);
    }
    case 'question_response':
      return void session.respond({ kind: 'question', ...event.data }, identity.subject);
    case 'elicitation_response':
      return void session.respond({ kind: 'elicitation', ...event.data }, identity.subject);
    case 'worker_command':
      return void session.command(event.data);
    case 'control':
      return control(event.data, { session, identity, sessions });
  }
}

async function control(
  { action, details }: ClientData<'control'>,
  { session, identity, sessions }: Pick<Context, 'session' | 'identity' | 'sessions'>,
): Promise<ServerEvent | undefined> {
  switch (action) {
    case 'interrupt':
    case 'cancel':
      return void session.interrupt();
    case 'terminate':
      return void (await session.terminate('client_kill'));
    case 'gc':
      return void (await session.terminate('session_archived'));
    case 'reset':
      return void (await session.reset());
    case 'delete':
      return void (await sessions.remove(session.record.id, identity));
    case 'fork':
      return await opened(
        sessions.branch(session.record.id, identity, { turn: branchTurnIn(details) }),
        session,
      );
    case 'cd': {
      const path = details?.path;
      if (typeof path !== 'string')
        throw new GatewayError('INVALID_MESSAGE', 'details.path must name the folder to go on in', {
          details: { fields: ['details.path'] },
        });
      return await opened(sessions.branch(session.record.id, identity, { workDir: path }), session);
    }
    default:
      throw new GatewayError('PROTOCOL_VIOLATION', `unknown control action: ${action}`);
  }
}

/** Where a fork branches off, if it says so. */
function branchTurnIn(details: ClientData<'control'>['details']): BranchTurn | undefined {
  const named = forkDetails.safeParse(details ?? {});
  if (named.success) return toBranchTurn(named.data);
  throw new GatewayError(
    'INVALID_MESSAGE',
    'details.before_turn or details.after_turn must be the id of a turn',
    {
      details: { fields: named.error.issues.map(({ path }) => `details.${path.join('.')}`) },
    },
  );
}

async function opened(branching: Promise<Session>, from: Session): Promise<ServerEvent> {
  const branch = await branching;
  await branch.settled();
  const { id, workDir } = branch.record;
  return { type: 'session.opened', data: { session_id: id, from: from.record.id, work_dir: workDir } };
}
