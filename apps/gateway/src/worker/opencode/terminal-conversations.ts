import * as z from 'zod';
import type { PastTurn, TerminalConversation, TerminalConversations } from '../terminal-conversations.ts';
import { KeptDatabase } from './kept-database.ts';
import { type KeptMessage, keptMessage, keptPart, promptOf, toPastTurns } from './past-turns.ts';

type Options = {
  environment: Readonly<Record<string, string | undefined>>;
  /** The worker types, other than this one, whose conversations are in the same database under the same ids. */
  sharedWith: readonly string[];
  /** Whether the agent can be taken back to where a turn ended. */
  rewinds: boolean;
};

/** How many messages are looked at, how many pieces of each, and how long one may be, in bytes: longer ones are no words, but files. */
type Bounds = { messages: number; pieces: number; longest: number };

const whole: Bounds = { messages: 50_000, pieces: 50_000, longest: 1_048_576 };
/** For the first prompt. */
const beginning: Bounds = { messages: 5, pieces: 5, longest: 262_144 };
/** A conversation with more bytes or rows is not read at all. */
const most = { bytes: 16_777_216, rows: 50_000 };

const conversationId = z.string().regex(/^ses_[A-Za-z0-9]{1,64}$/);
const time = z.int().min(0).max(8_640_000_000_000_000);
const listed = z.object({ id: conversationId, updatedAt: time });
const kept = z.object({ revert: z.string().nullable() });
const revert = z.looseObject({ messageID: z.string() });
const row = z.object({ id: z.string(), data: z.string() });
const size = z.object({ bytes: z.number(), rows: z.number() });

/**
 * The conversations that OpenCode keeps for its terminal, without those of sub-agents and what somebody archived.
 * NOTE: `opencode export` is not asked: into a pipe it writes 64 KiB and ends (observed with 1.18.33).
 */
export function createOpenCodeConversations({
  environment,
  sharedWith,
  rewinds,
}: Options): TerminalConversations {
  return {
    sharedWith,
    list: async (workDir, count) => look(environment, (database) => list(database, workDir, count)) ?? [],
    read: async (workDir, id) => look(environment, (database) => read(database, { workDir, id, rewinds })),
  };
}

/** What is not as OpenCode makes it, is not there. */
function look<T>(environment: Options['environment'], how: (database: KeptDatabase) => T): T | undefined {
  try {
    using database = new KeptDatabase(environment);
    return how(database);
  } catch {
    return undefined;
  }
}

function list(database: KeptDatabase, workDir: string, count: number): TerminalConversation[] {
  const sessions = database.query<[string, number]>(
    `select id, time_updated as updatedAt from session
      where directory = ? and parent_id is null and time_archived is null order by time_updated desc limit ?`,
  );
  const found: TerminalConversation[] = [];
  for (const { id, updatedAt } of sessions.all(workDir, count).flatMap((value) => parse(listed, value))) {
    const about = readMessages(database, id, beginning)
      .map(promptOf)
      .find((prompt) => prompt !== undefined);
    if (about !== undefined) found.push({ id, about, updatedAt });
  }
  return found;
}

type Asked = { workDir: string; id: string; rewinds: boolean };

function read(database: KeptDatabase, { workDir, id, rewinds }: Asked): PastTurn[] | undefined {
  const sessions = database.indexed<[string, string]>(
    'select revert from session where id = ? and directory = ? and parent_id is null',
  );
  const [session] = sessions.all(id, workDir).flatMap((value) => parse(kept, value));
  if (!session || !conversationId.safeParse(id).success) return undefined;
  for (const table of ['message', 'part']) {
    const sizes = database.indexed<[string, number]>(
      `select coalesce(sum(octet_length(data)), 0) as bytes, count(*) as rows from ${table}
        where session_id = ? and octet_length(data) <= ?`,
    );
    const { bytes, rows } = size.parse(sizes.all(id, whole.longest)[0]);
    if (bytes > most.bytes || rows > most.rows) return undefined;
  }
  const messages = readMessages(database, id, whole);
  const [undone] = parseJson(revert, session.revert ?? '');
  const end = messages.findIndex((message) => message.id === undone?.messageID);
  return toPastTurns(end < 0 ? messages : messages.slice(0, end), { workDir, id, rewinds });
}

/** The first messages, oldest first. */
function readMessages(database: KeptDatabase, id: string, bounds: Bounds): KeptMessage[] {
  const messages = database.indexed<[string, number, number]>(
    `select id, data from message where session_id = ? and octet_length(data) <= ?
      order by time_created, id limit ?`,
  );
  // NOTE: the plus keeps SQLite from going through the whole session for each message.
  const parts = database.indexed<[string, string, number, number]>(
    `select id, data from part where message_id = ? and +session_id = ? and octet_length(data) <= ?
      order by id limit ?`,
  );
  const rowsOf = (rows: unknown[]) => rows.flatMap((value) => parse(row, value));
  return rowsOf(messages.all(id, bounds.longest, bounds.messages)).flatMap((message) =>
    parseJson(keptMessage, message.data).map((info) => {
      const own = rowsOf(parts.all(message.id, id, bounds.longest, bounds.pieces));
      const said = own.flatMap((part) =>
        parseJson(keptPart, part.data, { id: part.id, messageID: message.id, sessionID: id }),
      );
      return { id: message.id, info, parts: said };
    }),
  );
}

/** One value, or none if it is not what it should be. */
function parse<T>(schema: z.ZodType<T>, value: unknown): T[] {
  const { success, data } = schema.safeParse(value);
  return success ? [data] : [];
}

function parseJson<T>(schema: z.ZodType<T>, text: string, more: object = {}): T[] {
  try {
    return parse(schema, { ...JSON.parse(text), ...more });
  } catch {
    return [];
  }
}
