import { realpathSync } from 'node:fs';
import { fromPointWord } from '../../ground/conversation-point.ts';
import type { ModelName } from '../opencode/model-name.ts';
import { toPermissions } from '../opencode/tool-rule.ts';
import { contextTokens } from '../opencode/turn-figures.ts';
import type { WorkerEvent } from '../worker.ts';
import type { Conversation } from './conversation.ts';
import { readSurroundings, type Surroundings } from './ready.ts';
import type { DenyRule, SessionApi } from './session-api.ts';

type Options = {
  api: SessionApi;
  conversation: Conversation;
  resume: string | undefined;
  fork: string | undefined;
  permissionModes: readonly string[];
  disallowed: readonly string[];
  version: string | undefined;
};

export type Opened = { events: WorkerEvent[]; fallback: ModelName | undefined };

/** Finds the conversation to go on with, or makes one, and learns what there is in its folder. Throws ServerRefusal. */
export async function openConversation(options: Options): Promise<Opened> {
  const { api, conversation, resume, permissionModes, version } = options;
  const fork = options.fork === undefined ? undefined : fromPointWord(options.fork);
  const origin = resume ?? fork?.conversation;
  const events: WorkerEvent[] = [];
  const { ready, fallback } = await readModels({ api, conversation, permissionModes, version });
  const found = origin === undefined ? undefined : await api.directoryOf(origin);
  // A conversation works where it was made, so that of another folder is none of ours.
  const isOurs = found !== undefined && isSame(found, conversation.workDir);
  const branch = { id: origin ?? '', last: fork?.last, permission: toRules(options) };
  const id = isOurs ? (resume ?? (await api.fork(branch))) : undefined;
  if (id !== undefined) {
    conversation.sessionId = id;
    // A turn that nobody could go on with may still run.
    if (resume !== undefined && (await api.isBusy(resume))) await api.abort(resume);
    await recallFigures(api, conversation, id);
  } else {
    if (origin !== undefined) {
      events.push({ type: 'context.lost', data: { reason: 'the agent no longer has this conversation' } });
    }
    conversation.sessionId = await createSession(options);
  }
  events.push({ type: 'worker.session', data: { id: conversation.sessionId } });
  events.push({ type: 'worker.ready', data: ready });
  return { events, fallback };
}

type Reading = Pick<Options, 'api' | 'conversation' | 'permissionModes' | 'version'>;

/** Learns what the agent can do in the folder, and how much its models can hold. Throws ServerRefusal. */
export async function readModels({ api, conversation, ...known }: Reading): Promise<Surroundings> {
  const surroundings = await readSurroundings(api, known);
  for (const [model, window] of surroundings.windows) conversation.windows.set(model, window);
  for (const name of surroundings.commands) conversation.commands.add(name);
  return surroundings;
}

/** A new conversation without the tools that it may not have. */
export function createSession(options: Pick<Options, 'api' | 'disallowed'>): Promise<string> {
  return options.api.create(toRules(options));
}

function toRules({ disallowed }: Pick<Options, 'disallowed'>): DenyRule[] {
  return toPermissions(disallowed).map((permission) => ({ permission, pattern: '*', action: 'deny' }));
}

/** How full the context was, and of which model. */
async function recallFigures(api: SessionApi, conversation: Conversation, id: string): Promise<void> {
  for (const { info } of await api.messages(id, 10)) {
    if (info.role !== 'assistant' || info.summary === true) continue;
    if (info.providerID && info.modelID) conversation.model = `${info.providerID}/${info.modelID}`;
    const used = info.tokens ? contextTokens(info.tokens) : 0;
    if (used > 0) conversation.contextTokens = used;
  }
}

function isSame(one: string, other: string): boolean {
  if (one === other) return true;
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    return false;
  }
}
