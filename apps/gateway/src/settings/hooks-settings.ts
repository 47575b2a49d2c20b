import { isAbsolute } from 'node:path';
import { loggedEvents } from '@hotplex/aep-protocol';
import { z } from 'zod';
import { count, duration, fromJson, secret } from './values.ts';

/** Kinds that come in a stream: a hook is for what happened, not for each word of it. */
const streamed: ReadonlySet<string> = new Set([
  'message.start',
  'message.delta',
  'message.end',
  'reasoning',
  'tool_update',
  'raw',
]);
const kinds = Object.keys(loggedEvents).filter((kind) => !streamed.has(kind));
const needAPerson = ['permission_request', 'question_request', 'elicitation_request', 'done', 'error'];

/** What a person can answer by a link. */
const answerable: ReadonlySet<string> = new Set(['permission_request', 'question_request']);

const event = z
  .string()
  .refine((kind) => kinds.includes(kind), { error: `must be one of ${kinds.join(', ')}`, abort: true });

/** One receiver of events: an address or a program of this machine. */
const target = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be a name such as team-chat'),
    url: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
    command: z
      .array(z.string().min(1))
      .refine(([program = '']) => isAbsolute(program), 'must begin with the absolute path of a program')
      .optional(),
    format: z.enum(['json', 'slack', 'feishu', 'dingtalk']).default('json'),
    secret: z.string().min(16, 'must have 16 characters or more').optional(),
    events: z.array(event).min(1).default(needAPerson),
    content: z.boolean().default(false),
    private: z.boolean().default(false),
    approval_links: z.boolean().default(false),
    worker_types: z.array(z.string()).optional(),
    owners: z.array(z.string()).optional(),
  })
  .refine(
    ({ url, command }) => (url === undefined) !== (command === undefined),
    'must have either url or command',
  )
  .refine(({ approval_links: links, command }) => !links || command === undefined, {
    error: 'is for addresses: a program is given no links',
    path: ['approval_links'],
  })
  .refine(({ approval_links: links, events }) => !links || events.some((kind) => answerable.has(kind)), {
    error: `needs one of the events ${[...answerable].join(', ')}`,
    path: ['approval_links'],
  })
  .refine(({ command, format }) => command === undefined || format === 'json', {
    error: 'is for addresses: a program is given json',
    path: ['format'],
  });

/** Who is told of what happens; the section `hooks` of the configuration. */
export const hooksSettings = z
  .strictObject({
    targets: z
      .preprocess(fromJson, z.array(target))
      .refine(
        (targets) => new Set(targets.map(({ name }) => name)).size === targets.length,
        'has two targets of one name',
      )
      .default([])
      .describe(
        'Who is told of what happens in sessions: name, url or command, format, secret, events, content, approval_links; see docs/hooks.md. In the environment as JSON.',
      )
      .meta(secret),
    approval_lifetime: duration
      .default(15 * 60_000)
      .describe(
        'How long a link of a target with approval_links is good, if what it asks is not decided or over before.',
      ),
    timeout: duration.default(10_000).describe('How long a receiver may take to answer.'),
    attempts: count
      .default(8)
      .describe('How often a delivery is tried, later each time, before it is put aside as dead.'),
  })
  .prefault({});

export type HookTarget = z.infer<typeof target>;
