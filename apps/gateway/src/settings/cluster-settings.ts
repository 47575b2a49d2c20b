import { z } from 'zod';
import { duration, secret } from './values.ts';

const address = /^(nats|tls):\/\/[^\s,]+$/;
const name = z.string().regex(/^[\w.-]{1,100}$/, 'must be a name such as node-1 or eu.west');

/** Several gateways that work as one; the section `cluster` of the configuration. */
export const clusterSettings = z
  .strictObject({
    url: z
      .string()
      .refine(
        (urls) => urls.split(',').every((url) => address.test(url.trim()) && URL.canParse(url.trim())),
        'must be an address such as nats://user:password@nats.example.com:4222, or several with commas between them',
      )
      .optional()
      .describe(
        'The NATS, with JetStream, at which gateways meet: nats://HOST:PORT, or tls:// for an encrypted connection; user and password, or a token, stand before the host. Several servers of one NATS have commas between them. Not set: this gateway is alone.',
      )
      .meta(secret),
    secret: z
      .string()
      .min(32, 'must have 32 characters or more: openssl rand -hex 32 makes one')
      .optional()
      .describe(
        'What seals everything that gateways say to each other; 32 characters or more, the same for all.',
      )
      .meta(secret),
    node: name
      .optional()
      .describe('What this gateway is called among the others; default: the name of its machine.'),
    workspace: name
      .optional()
      .describe(
        'Label of the disk that its work dirs are on: gateways with the same one can take up each other’s sessions; default: its own name.',
      ),
    shared_dir: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Folder on that disk, the same one for all gateways with its label: what clients upload, what work dirs were like before, and what some agents remember lies there; it must exist. Default: the folder of `db.path`.',
      ),
    lease: duration
      .refine((ms) => ms >= 1_000 && ms <= 300_000, 'must be between 1s and 5m')
      .default(10_000)
      .describe('How long nothing may be heard of a gateway before others take over what it had.'),
  })
  .refine(({ url, secret }) => url === undefined || secret !== undefined, {
    error: 'must be set beside cluster.url: openssl rand -hex 32 makes one',
    path: ['secret'],
  })
  .prefault({});
