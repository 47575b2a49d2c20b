import { createRoute, z } from '@hono/zod-openapi';
import { jsonAnswer } from './json-answer.ts';
import { refusals } from './refusals.ts';

const base64url = (bytes: number) =>
  z
    .string()
    .max(256)
    .regex(/^[\w-]+={0,2}$/)
    .refine((text) => Buffer.from(text, 'base64url').length === bytes, `must be ${bytes} bytes, base64url`);

const device = z.object({
  id: z.string(),
  name: z.string(),
  language: z.enum(['en', 'zh']),
  show_title: z.boolean(),
  created_at: z.string().describe('RFC 3339.'),
});

const subscription = z.object({
  endpoint: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .max(2_048)
    .describe('As the browser gives it; http is for push services in `push.hosts`.'),
  keys: z.object({ p256dh: base64url(65), auth: base64url(16) }).describe('The browser’s (RFC 8291).'),
  name: z.string().trim().min(1).max(80).describe('For its owner, to tell it from others.'),
  language: z.enum(['en', 'zh']).default('en'),
  show_title: z.boolean().default(false).describe('Whether messages may say what the session is called.'),
});

export const pushRoutes = {
  key: createRoute({
    method: 'get',
    path: '/key',
    responses: {
      200: jsonAnswer(
        'What browsers subscribe with, base64url (RFC 8292); null where the operator turned Web Push off.',
        z.object({ public_key: z.string().nullable() }),
      ),
    },
  }),
  list: createRoute({
    method: 'get',
    path: '/devices',
    responses: {
      200: jsonAnswer('The caller’s devices, oldest first.', z.object({ devices: z.array(device) })),
    },
  }),
  save: createRoute({
    method: 'post',
    path: '/devices',
    request: { body: { required: true, content: { 'application/json': { schema: subscription } } } },
    responses: {
      200: jsonAnswer('The device. One that was known by its endpoint is the same one still.', device),
      ...refusals(422),
    },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/devices/{device_id}',
    request: { params: z.object({ device_id: z.string().max(64) }) },
    responses: {
      204: { description: 'The caller’s device of this id, if there is one, is called no more.' },
    },
  }),
};

export type DeviceView = z.infer<typeof device>;
