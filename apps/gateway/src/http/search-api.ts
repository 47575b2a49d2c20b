import { setImmediate as nextRound } from 'node:timers/promises';
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { SessionRegistry } from '../session/session-registry.ts';
import type { SearchHit } from '../store/store.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { jsonAnswer } from './json-answer.ts';
import { refuseInvalid } from './refuse-invalid.ts';
import { snippetOf } from './snippet.ts';

/** Looks at the store for one answer; each is short, and between them others have their turn. */
const mostLooks = 50;
const longestQuery = 256;
const position = z.number().int().nonnegative();

const hit = z.object({
  session_id: z.string(),
  title: z.string().nullable().describe('The session’s.'),
  archived: z.boolean().describe('Whether the session was put away.'),
  kind: z.enum(['prompt', 'message', 'title']),
  seq: z.number().describe('Of the event where the text begins; 0 for a title.'),
  timestamp: z.number().describe('Unix milliseconds.'),
  snippet: z.string(),
  highlights: z
    .array(z.array(z.number()).length(2))
    .describe('Where in the snippet words are: start and length in UTF-16 units.'),
});

const route = createRoute({
  method: 'get',
  path: '/',
  request: {
    query: z.object({
      q: z.string().trim().min(1).max(longestQuery),
      limit: z.coerce.number().int().min(1).max(100).default(20),
      cursor: z.string().max(64).optional(),
    }),
  },
  responses: {
    200: jsonAnswer(
      'Prompts, answers and titles of the caller’s sessions with all of these words in them, newest first. A page may be short, even empty, and have a next one.',
      z.object({ hits: z.array(hit), next_cursor: z.string().nullable() }),
    ),
  },
});

/** Finds what was said in the caller's own sessions; those of others do not exist (A4). */
export function createSearchApi(sessions: SessionRegistry): OpenAPIHono<ApiEnvironment> {
  const api = new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid });
  api.openapi(route, async (c) => {
    const { q, limit, cursor } = c.req.valid('query');
    const identity = c.get('identity');
    const hits: SearchHit[] = [];
    let before = cursor === undefined ? undefined : decodeCursor(cursor, position);
    for (let look = 0; look < mostLooks && hits.length < limit; look += 1) {
      if (look > 0) await nextRound();
      const page = sessions.search(identity, {
        text: q,
        limit: limit - hits.length,
        ...(before !== undefined && { before }),
      });
      hits.push(...page.hits);
      before = page.next ?? undefined;
      if (before === undefined) break;
    }
    const views = hits.map(({ sessionId, title, isArchived, seq, kind, timestamp, content }) => ({
      ...{ session_id: sessionId, title, archived: isArchived, kind, seq, timestamp },
      ...snippetOf(content, q),
    }));
    return c.json({ hits: views, next_cursor: before === undefined ? null : encodeCursor(before) }, 200);
  });
  return api;
}
