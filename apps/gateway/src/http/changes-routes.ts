import { createRoute, z } from '@hono/zod-openapi';
import { jsonAnswer } from './json-answer.ts';
import { refusals } from './refusals.ts';

const params = z.object({ id: z.string().max(128) });
const moment = z.string().min(1).max(128);
const path = z.string().min(1).max(4_096);
const since = moment.default('start').describe('`start` of the session, or the id of a turn.');
const kind = z.enum(['added', 'modified', 'deleted']);
const lines = z
  .number()
  .nullable()
  .describe('Lines; null for what is no text, is not held, or could not be counted in time.');
const sha256 = z.string().nullable().describe('Of the content now; null if it is gone, or not held.');
const text = z.string().nullable();

const changeList = z.object({
  since: z
    .string()
    .nullable()
    .describe('When that was looked at with which is compared; null if nothing was.'),
  files: z.array(
    z.object({
      ...{ path: z.string(), kind, sha256, added: lines, removed: lines },
      revertible: z.boolean().describe('Whether it can be put back.'),
      undone: z.boolean().describe('Whether it is as it was before by now.'),
    }),
  ),
  state: z.string().describe('Names how all files stand.'),
  partial: z.enum(['too_many', 'timeout']).nullable().describe('Why not all files were looked at.'),
  left_out: z.array(
    z.object({
      reason: z.enum(['ignored', 'link', 'special', 'too_large', 'full', 'secret', 'unreadable']),
      count: z.number(),
      examples: z.array(z.string()),
    }),
  ),
  turns: z
    .array(z.object({ id: z.string(), files: z.number() }))
    .describe('Turns that have ended, oldest first, and how many files each changed.'),
});
export type ChangeListView = z.infer<typeof changeList>;

const changedText = z.object({
  ...{ path: z.string(), kind },
  sides: z.object({ before: text, after: text }).nullable().describe('Null if one is no text, or not held.'),
  patch: text.describe('A unified diff.'),
});

const reverted = z.object({
  restored: z.array(z.object({ path: z.string(), kind, sha256 })),
  left: z.array(
    z.object({
      path: z.string(),
      reason: z.enum(['changed', 'edited', 'link', 'folder', 'not_held', 'protected', 'failed']),
    }),
  ),
  undo: z.string().describe('What to go back `to` if it was not meant.'),
  state: z.string(),
});

const revertRequest = z.object({
  to: moment.describe('`start`, the id of a turn, or the `undo` of an earlier revert.'),
  path: path.optional().describe('Default: all files.'),
  seen: z
    .string()
    .max(64)
    .nullable()
    .describe('The `sha256` of the file as it was seen; of all, the `state`.'),
  force: z.boolean().default(false).describe('Go on although it is other by now.'),
});

export const changesRoutes = {
  list: createRoute({
    method: 'get',
    path: '/{id}/changes',
    request: { params, query: z.object({ since }) },
    responses: {
      200: jsonAnswer('The files that are other than they were, and what was not looked at.', changeList),
      ...refusals(422),
    },
  }),
  diff: createRoute({
    method: 'get',
    path: '/{id}/changes/diff',
    request: { params, query: z.object({ since, path }) },
    responses: {
      200: jsonAnswer('What changed in one file: both texts, and a unified diff.', changedText),
      ...refusals(422),
    },
  }),
  content: createRoute({
    method: 'get',
    path: '/{id}/changes/content',
    request: { params, query: z.object({ path }) },
    responses: {
      200: jsonAnswer(
        'One file of the work dir as it is now.',
        z.object({ path: z.string(), text, size: z.number().describe('Bytes.'), sha256 }),
      ),
      ...refusals(422),
    },
  }),
  revert: createRoute({
    method: 'post',
    path: '/{id}/changes/revert',
    request: {
      params,
      body: { required: true, content: { 'application/json': { schema: revertRequest } } },
    },
    responses: {
      200: jsonAnswer('What was put back, what was not and why, and how to undo it.', reverted),
      ...refusals(409, 422),
    },
  }),
};
