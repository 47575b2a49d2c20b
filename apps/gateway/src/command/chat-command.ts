import type { ServerEnvelope } from '@hotplex/aep-protocol';
import { type AepClient, type SessionSummary, SessionsApi } from '@hotplex/client-sdk';
import { StartError } from '../ground/start-error.ts';
import { Chat } from './chat/chat.ts';
import { readHistory, writeHistory } from './chat/chat-history.ts';
import type { RunCommand } from './command.ts';
import { type GatewayAccess, openAccess } from './gateway-access.ts';
import { callOf, readArguments } from './read-arguments.ts';
import { allSessions, findSession, openSessionClient, refused } from './session-client.ts';
import { sessionRows } from './sessions/session-rows.ts';
import { chat as description } from './table/chat.ts';
import { lineDialogue } from './terminal/line-dialogue.ts';
import { toTable } from './to-table.ts';
import { UsageError } from './usage-error.ts';

/** How much of what was said is shown again, events. */
const shownAgain = 200;
const offered = 15;

/** Talks to an agent in this terminal. */
export const runChat: RunCommand = async (args) => {
  const { words, values } = readArguments(description, args);
  if (words.length > 0 && !values.resume) throw new UsageError(callOf(description));
  await using access = await openAccess({ ...values, purpose: 'chat', startsOwn: true });
  const resumed = values.resume ? await chooseSession(access, words[0]) : undefined;
  const api = new SessionsApi(access);
  const past = resumed && (await pastOf(api, resumed));
  const wanted = resumed ? { ...values, session: resumed.id } : values;
  using client = await openSessionClient(access, wanted, {
    name: 'hotplex chat',
    ...(past && { position: { lastSeq: past.lastSeq, epoch: past.epoch } }),
  });
  await client.connect().catch(refused);
  const history = readHistory(process.env);
  const { session_id: id = '' } = client.session ?? {};
  const talk = new Chat({
    ...{ client, history, input: process.stdin, output: process.stdout, greeting: greetingOf(client) },
    rename: async (title) => void (await api.rename(id, title)),
  });
  for (const envelope of past?.events ?? []) talk.take(envelope);
  const unsent = await talk.untilLeft();
  for (const text of unsent) console.log(`Not sent, but kept for the next chat (↑):\n${text}`);
  writeHistory([...unsent.reverse(), ...history], process.env);
  console.log(`hotplex chat --resume ${id.slice(0, 8)} goes on from here.`);
  return 0;
};

/** The session that was named, or is chosen from a list. */
async function chooseSession(access: GatewayAccess, named: string | undefined): Promise<SessionSummary> {
  if (named !== undefined) return findSession(access, named);
  const sessions: SessionSummary[] = [];
  for await (const session of allSessions(access)) if (sessions.push(session) === offered) break;
  if (sessions.length === 0)
    throw new StartError('there is no session to go on with: hotplex chat begins one');
  const [head = [], ...rows] = sessionRows(sessions);
  console.log(toTable([['', ...head], ...rows.map((row, at) => [`${at + 1}`, ...row])]));
  const dialogue = lineDialogue({ input: process.stdin, output: process.stdout });
  for (;;) {
    const line = (await dialogue.ask('Which one? [1] ', new AbortController().signal)).trim();
    const session = sessions[line === '' ? 0 : Number(line) - 1];
    if (session) return session;
  }
}

/** What was said last, from the beginning of the turn that runs at least: what it asks is in it. */
async function pastOf(api: SessionsApi, { id, turn, last_seq: lastSeq }: SessionSummary) {
  const after = Math.max(0, Math.min(lastSeq - shownAgain, turn ? turn.first_seq - 1 : lastSeq));
  const { epoch } = await api.events(id, { after, limit: 1 }).catch(refused);
  const events: ServerEnvelope[] = [];
  for await (const envelope of api.allEvents(id, { after })) events.push(envelope);
  const resolved = new Set(
    events.flatMap(({ event }) =>
      event.type.endsWith('.resolved') && 'id' in event.data ? [event.data.id] : [],
    ),
  );
  return {
    epoch,
    lastSeq: events.at(-1)?.seq ?? lastSeq,
    // What is decided is not asked again.
    events: events.filter(
      ({ event }) =>
        !event.type.endsWith('_request') || !('id' in event.data) || !resolved.has(event.data.id),
    ),
  };
}

function greetingOf({ session }: AepClient): string {
  const { session_id: id = '', server_caps: caps } = session ?? {};
  return `${caps?.worker_type}, session ${id.slice(0, 8)}. /help says what there is; Ctrl+D leaves.`;
}
