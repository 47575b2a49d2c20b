import { AepClient, type SessionSummary, SessionsApi } from '@hotplex/client-sdk';
import { StartError } from '../ground/start-error.ts';
import type { OptionValues, RunCommand } from './command.ts';
import { type GatewayAccess, openAccess } from './gateway-access.ts';
import { readArguments } from './read-arguments.ts';
import { allSessions, findSession, refused } from './session-client.ts';
import { deleteQuestion } from './sessions/delete-question.ts';
import { sessionLines, sessionRows } from './sessions/session-rows.ts';
import { toMarkdown } from './sessions/to-markdown.ts';
import { sessions as description } from './table/sessions.ts';
import { lineDialogue } from './terminal/line-dialogue.ts';
import { showTo } from './terminal/show-to.ts';
import { toTable } from './to-table.ts';
import { UsageError } from './usage-error.ts';

const usualCount = 20;

type Values = OptionValues<typeof description>;
type Given = { access: GatewayAccess; api: SessionsApi; values: Values };

/** Lists, shows, ends and keeps sessions. */
export const runSessions: RunCommand = async (args) => {
  const { action = 'list', words, values } = readArguments(description, args);
  const limit = limitOf(values);
  const [id = '', title = ''] = words;
  await using access = await openAccess({ ...values, purpose: `sessions ${action}`, startsOwn: false });
  const given: Given = { access, api: new SessionsApi(access), values };
  if (action === 'list') await list(given, limit);
  else await actions[action](await findSession(access, id), given, title).catch(refused);
  return 0;
};

const actions: Record<
  Exclude<keyof typeof description.actions, 'list'>,
  (session: SessionSummary, given: Given, title: string) => Promise<void>
> = {
  async show(session, { values }) {
    console.log(values.json ? JSON.stringify(session) : toTable(sessionLines(session)));
  },
  async stop({ id, worker_type: workerType }, { access, values }) {
    using client = new AepClient({ ...access, workerType, sessionId: id, reconnect: false });
    await client.connect();
    await client.control('terminate');
    print(values, `The agent of ${id} has ended.`, { id });
  },
  async delete(session, { api, values }) {
    await confirm(session, values);
    await api.remove(session.id);
    print(values, `${session.id} is deleted.`, { id: session.id });
  },
  async export(session, { api, values }) {
    const events = api.allEvents(session.id);
    if (values.format !== 'jsonl') {
      showTo(process.stdout, await toMarkdown(session, events));
      return;
    }
    for await (const envelope of events) showTo(process.stdout, `${JSON.stringify(envelope)}\n`);
  },
  async rename({ id }, { api, values }, title) {
    const renamed = await api.rename(id, title);
    if (values.json) console.log(JSON.stringify(renamed));
    else console.log(`${id} is called ${title}.`);
  },
};

async function list({ access, values }: Given, limit: number): Promise<void> {
  const listed: SessionSummary[] = [];
  let isMore = false;
  for await (const session of allSessions(access, { archived: values.archived === true })) {
    isMore = listed.length >= limit;
    if (isMore) break;
    listed.push(session);
  }
  if (values.json) {
    console.log(JSON.stringify(listed));
    return;
  }
  console.log(toTable(sessionRows(listed)));
  if (isMore) console.error(`There are more: --limit ${limit * 2}, or --all.`);
}

/** What is deleted comes back by nothing: somebody must have meant it. */
async function confirm(session: SessionSummary, { yes }: Values): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY)
    throw new UsageError('hotplex sessions delete asks before it does: add --yes where nobody is there');
  const dialogue = lineDialogue({ input: process.stdin, output: process.stderr });
  const key = await dialogue.choose(deleteQuestion(session), ['y', 'n'], new AbortController().signal);
  if (key === 'n') throw new StartError('nothing was deleted');
}

function print({ json }: Values, words: string, data: object): void {
  console.log(json ? JSON.stringify(data) : words);
}

function limitOf({ limit, all }: Values): number {
  if (all) return Number.POSITIVE_INFINITY;
  const count = limit === undefined ? usualCount : Number(limit);
  if (!Number.isInteger(count) || count <= 0)
    throw new UsageError(`--limit ${limit}: it must be a number above 0`);
  return count;
}
