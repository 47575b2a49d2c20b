import type { NoticeReason } from '@hotplex/aep-protocol';
import { GatewayError } from '../../ground/gateway-error.ts';
import { type ModelName, toModelName } from '../opencode/model-name.ts';
import type { WorkerCommand, WorkerEvent } from '../worker.ts';
import type { Conversation } from './conversation.ts';
import type { PermissionPolicy } from './permission-policy.ts';
import { wordsOf } from './server-client.ts';
import type { SessionApi } from './session-api.ts';
import { notice, readMcpStatus, readSkills, refusal, toContextUsage } from './show-commands.ts';

/** What a command may look at and change. */
export interface CommandSubject {
  readonly conversation: Conversation;
  readonly policy: PermissionPolicy;
  model: ModelName | undefined;
  readonly fallback: ModelName | undefined;
  beginOwnTurn(): void;
  failTurn(message: string): void;
  /** Goes on with an empty memory. */
  forget(): Promise<void>;
}

type Context = { worker: CommandSubject; api: SessionApi; permissionModes: readonly string[] };

/** Carries out a command of a client and says what came of it. Throws ServerRefusal. */
export async function runCommand(context: Context, command: WorkerCommand): Promise<WorkerEvent[]> {
  const { worker, api } = context;
  const { args, extra } = command;
  const value = (field: string) => args?.trim() || (typeof extra?.[field] === 'string' ? extra[field] : '');
  switch (command.command) {
    case 'set_model':
    case 'model':
      return setModel(worker, value('model'));
    case 'set_permission':
      return setPermission(context, value('mode') || value('permission_mode'));
    case 'context_usage':
      return toContextUsage(worker.conversation, nameOf(worker));
    case 'mcp_status':
      return readMcpStatus(api);
    case 'skills':
      return readSkills(api, args?.trim() || undefined);
    case 'compact':
      return compact(context);
    case 'clear':
      if (worker.conversation.turn) return busy('clear');
      await worker.forget();
      return notice({
        kind: 'info',
        message: 'A new conversation: the agent forgot what was said before.',
        details: { reason: 'new_conversation' satisfies NoticeReason },
      });
    default:
      return refusal('NOT_SUPPORTED', `OpenCode has no command ${command.command} here.`);
  }
}

function setModel(worker: CommandSubject, name: string): WorkerEvent[] {
  try {
    const model = toModelName(name);
    const { windows } = worker.conversation;
    if (windows.size > 0 && !windows.has(name)) {
      return refusal(
        'CONFIG_INVALID',
        `OpenCode has no model ${name}; it has ${[...windows.keys()].slice(0, 8).join(', ')}`,
      );
    }
    worker.model = model;
    return notice({ kind: 'model', message: `Model is now ${name}.`, details: { model: name } });
  } catch (error) {
    if (error instanceof GatewayError) return refusal('CONFIG_INVALID', error.message);
    throw error;
  }
}

function setPermission({ worker, permissionModes }: Context, mode: string): WorkerEvent[] {
  if (!permissionModes.includes(mode)) {
    return refusal('CONFIG_INVALID', `choose one of ${permissionModes.join(', ')}`);
  }
  worker.policy.mode = mode;
  const details = { mode };
  return notice({ kind: 'permission_mode', message: `Permission mode is now ${mode}.`, details });
}

/** A summary is a turn of its own, told by events; here only its failure is seen. */
async function compact({ worker, api }: Context): Promise<WorkerEvent[]> {
  const { conversation } = worker;
  if (conversation.turn) return busy('compact');
  const [providerID = '', ...rest] = nameOf(worker).split('/');
  worker.beginOwnTurn();
  const { turn } = conversation;
  try {
    await api.summarize(conversation.sessionId ?? '', { providerID, modelID: rest.join('/') });
  } catch (error) {
    if (turn === conversation.turn) worker.failTurn(`The conversation was not summarised: ${wordsOf(error)}`);
  }
  return [];
}

function nameOf({ model, conversation, fallback }: CommandSubject): string {
  const chosen = model ? `${model.providerID}/${model.modelID}` : conversation.model;
  return chosen ?? (fallback ? `${fallback.providerID}/${fallback.modelID}` : '');
}

function busy(command: string): WorkerEvent[] {
  return refusal('SESSION_BUSY', `${command} has to wait for the end of the running turn.`);
}
