import { createRoute, z } from '@hono/zod-openapi';
import { jsonAnswer } from './json-answer.ts';
import { refusals } from './refusals.ts';

const params = z.object({ id: z.string().max(128) });
const turnId = z.string().min(1).max(128).describe('The turn to go back to: to before its prompt.');
const kind = z.enum(['added', 'modified', 'deleted']);
const leftReason = z.enum(['changed', 'edited', 'link', 'folder', 'not_held', 'protected', 'failed']);

const preview = z.object({
  turns: z.number().describe('How many turns would be set aside.'),
  conversation: z.object({
    possible: z.boolean(),
    reason: z
      .enum(['agent', 'unmarked'])
      .nullable()
      .describe('Why not: the agent cannot be taken back at all, or it did not say where it stood then.'),
  }),
  files: z
    .object({
      state: z.string().describe('Names how all files stand; to be sent as `seen`.'),
      partial: z.enum(['too_many', 'timeout']).nullable().describe('Why not all files were looked at.'),
      changes: z.array(
        z.object({
          ...{ path: z.string(), kind: kind.describe('What happened to it since; an added one is removed.') },
          edited: z.boolean().describe('Somebody changed it between turns: that would be lost.'),
          reason: leftReason.nullable().describe('Why it is left as it is.'),
        }),
      ),
    })
    .nullable()
    .describe('Null if it is not known how the files were.'),
});
export type RewindPreview = z.infer<typeof preview>;

const request = z
  .object({
    turn_id: turnId,
    conversation: z.boolean().default(false).describe('Whether the agent is taken back.'),
    files: z.boolean().default(false).describe('Whether files are put back.'),
    seen: z
      .string()
      .max(64)
      .nullable()
      .default(null)
      .describe('The `state` of the files as it was seen; needed for files.'),
    keep_edited: z
      .boolean()
      .default(true)
      .describe('Leave files as they are that somebody changed between turns.'),
  })
  .refine(({ conversation, files }) => conversation || files, {
    message: 'say what goes back: conversation, files or both',
  })
  .refine(({ files, seen }) => !files || seen !== null, {
    path: ['seen'],
    message: 'is needed for files: the state that the preview told',
  });
export type RewindRequest = z.infer<typeof request>;

const rewound = z.object({
  turns: z
    .number()
    .nullable()
    .describe('How many turns were set aside; null if the agent was not taken back.'),
  files: z
    .object({
      restored: z.array(z.object({ path: z.string(), kind, sha256: z.string().nullable() })),
      left: z.array(z.object({ path: z.string(), reason: leftReason })),
      undo: z.string().describe('What `changes/revert` goes back `to` if it was not meant.'),
      state: z.string(),
    })
    .nullable()
    .describe('Null if no files were put back.'),
});
export type Rewound = z.infer<typeof rewound>;

export const rewindRoutes = {
  preview: createRoute({
    method: 'get',
    path: '/{id}/rewind',
    request: { params, query: z.object({ turn_id: turnId }) },
    responses: {
      200: jsonAnswer('What going back to before a turn would do. It changes nothing.', preview),
      ...refusals(422),
    },
  }),
  rewind: createRoute({
    method: 'post',
    path: '/{id}/rewind',
    request: { params, body: { required: true, content: { 'application/json': { schema: request } } } },
    responses: {
      200: jsonAnswer('What went back. What was said stays in the log.', rewound),
      ...refusals(409, 422),
    },
  }),
};
