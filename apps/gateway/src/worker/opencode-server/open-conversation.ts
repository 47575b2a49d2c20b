import { realpathSync } from 'node:fs';
import type { ModelName } from '../opencode/model-name.ts';
import { permissionOf } from '../opencode/tool-rule.ts';
import { contextTokens } from '../opencode/turn-figures.ts';
import type { WorkerEvent } from '../worker.ts';
import type { Conversation } from './conversation.ts';
import { readSurroundings } from './ready.ts';
import type { SessionApi } from './session-api.ts';

type Options = {
  api: SessionApi;
  conversation: Conversation;
  resume: string | undefined;
  permissionModes: readonly string[];
  disallowed: readonly string[];
  version: string | undefined;
};

export type Opened = { events: WorkerEvent[]; fallback: ModelName | undefined };

/** Finds the conversation to go on with, or makes one, and learns what there is in its folder. Throws ServerRefusal. */
export async function openConversation(options: Options): Promise<Opened> {
  const { api, conversation, resume, permissionModes, version } = options;
  const events: WorkerEvent[] = [];
  const { ready, windows, fallback } = await readSurroundings(api, { version, permissionModes });
  for (const [model, window] of windows) conversation.windows.set(model, window);
  const found = resume === undefined ? undefined : await api.directoryOf(resume);
  // A conversation works where it was made, so that of another folder is none of ours.
  if (resume !== undefined && found !== undefined && isSame(found, conversation.workDir)) {
    conversation.sessionId = resume;
    await recallFigures(api, conversation, resume);
  } else {
    if (resume !== undefined) {
      events.push({ type: 'context.lost', data: { reason: 'the agent no longer has this conversation' } });
    }
    conversation.sessionId = await createSession(options);
  }
  events.push({ type: 'worker.session', data: { id: conversation.sessionId } });
  events.push({ type: 'worker.ready', data: ready });
  return { events, fallback };
}

/** A new conversation without the tools that it may not have. */
export function createSession({ api, disallowed }: Pick<Options, 'api' | 'disallowed'>): Promise<string> {
  return api.create(
    [...new Set(disallowed.map(permissionOf))].map((permission) => ({
      ...{ permission, pattern: '*', action: 'deny' },
    })),
  );
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
