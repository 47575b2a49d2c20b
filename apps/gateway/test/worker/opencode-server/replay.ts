import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import {
  beginTurn,
  type Conversation,
  createConversation,
} from '../../../src/worker/opencode-server/conversation.ts';
import { decodeEvent, type ServerEvent, sessionOf } from '../../../src/worker/opencode-server/messages.ts';
import { translate } from '../../../src/worker/opencode-server/translate.ts';
import { awaitedEnd, finishTurn } from '../../../src/worker/opencode-server/translate-turn.ts';
import type { WorkerEvent } from '../../../src/worker/worker.ts';

const folder = new URL('../../transcripts/opencode-server/', import.meta.url);

const recordedLine = z.looseObject({
  t: z.number(),
  dir: z.string(),
  ch: z.string().optional(),
  data: z.looseObject({
    method: z.string().optional(),
    path: z.string().optional(),
    note: z.string().optional(),
  }),
});
type RecordedLine = z.infer<typeof recordedLine>;

/** Every recording there is, by name. */
export const transcripts: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.ndjson'))
  .map((file) => file.replace('.ndjson', ''));

export type Replayed = { events: WorkerEvent[]; prompts: number; conversation: Conversation };

/** What becomes of the conversation after each line. Default: it stays what it is. */
type After = (conversation: Conversation) => Conversation;

/** Runs a recording through the translation, once for each session that was prompted in it. */
export function replay(name: string, after: After = (conversation) => conversation): Replayed[] {
  const lines = readFileSync(new URL(`${name}.ndjson`, folder), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => recordedLine.parse(JSON.parse(line)));
  const decoded = lines.map((line) =>
    line.ch === 'sse' ? decodeEvent(JSON.stringify(line.data)) : undefined,
  );
  const prompted = lines.flatMap(({ dir, data }) => {
    const path = dir === 'in' && data.method === 'POST' ? data.path : undefined;
    return /^\/session\/(ses_\w+)\/(?:prompt_async|message)$/.exec(path ?? '')?.[1] ?? [];
  });
  return [...new Set(prompted)].map((session) => replaySession({ session, lines, decoded, after }));
}

type Replay = {
  session: string;
  lines: readonly RecordedLine[];
  decoded: readonly (ServerEvent | undefined)[];
  after: After;
};

function replaySession({ session, lines, decoded, after }: Replay): Replayed {
  let conversation = createConversation({ workDir: '/workspace', sessionId: session });
  const events: WorkerEvent[] = [];
  const family = new Set([session]);
  const sent = new Set<string>();
  let waiting: { kind: 'none' | 'soon' | 'late'; since: number } = { kind: 'none', since: 0 };
  const end = (t: number) => {
    const patience = waiting.kind === 'soon' ? 300 : 3_000;
    if (waiting.kind !== 'none' && t - waiting.since >= patience) events.push(...finishTurn(conversation));
  };
  for (const [index, { t, dir, data }] of lines.entries()) {
    conversation = after(conversation);
    end(t);
    if (data.note === 'server restarted') {
      conversation = createConversation({ workDir: '/workspace', sessionId: session });
    }
    const path = dir === 'in' && data.method === 'POST' ? (data.path ?? '') : '';
    if (/\/session\/[^/]+\/(prompt_async|message|summarize)$/.test(path) && path.includes(session)) {
      const since = nextPrompt(session, decoded.slice(index));
      // A prompt that was refused has no message; the same id sent again is the same prompt.
      if (since === undefined || sent.has(since)) continue;
      sent.add(since);
      if (conversation.turn) conversation.steered.set(since, since);
      else beginTurn(conversation, { since, inputIds: new Set([since]) });
    }
    if (path === `/session/${session}/abort` && conversation.turn) conversation.turn.interrupting = true;
    const answered = /\/(?:permission|permissions|question)\/([^/]+)(?:\/re|$)/.exec(path)?.[1];
    if (answered) conversation.asks.delete(answered);
    const event = decoded[index];
    if (!event) continue;
    if (event.type === 'session.created' && family.has(event.properties.info.parentID ?? '')) {
      family.add(event.properties.info.id);
    }
    if (!family.has(sessionOf(event) ?? '')) continue;
    events.push(...translate(conversation, event));
    const kind = awaitedEnd(conversation);
    if (kind !== waiting.kind) waiting = { kind, since: t };
  }
  end(Number.POSITIVE_INFINITY);
  return { events, prompts: sent.size, conversation };
}

/** The id that the server gave to the prompt sent just now. */
function nextPrompt(session: string, rest: readonly (ServerEvent | undefined)[]): string | undefined {
  for (const event of rest) {
    if (event?.type !== 'message.updated') continue;
    const { info } = event.properties;
    if (info.role === 'user' && info.sessionID === session && info.summary === undefined) return info.id;
  }
  return undefined;
}
