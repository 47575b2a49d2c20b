import { z } from 'zod';
import { fromJson, live } from './values.ts';

const pattern = z.string().trim().min(1).max(256);

/** A rule of the operator's: it makes the policy stricter, never weaker. */
const rule = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be a name such as no-push'),
    decision: z.enum(['ask', 'deny']),
    reason: z.string().trim().min(1).max(200).optional(),
    command: pattern.optional(),
    path: pattern.optional(),
    host: pattern.optional(),
    tool: pattern.optional(),
  })
  .refine(
    ({ command, path, host, tool }) =>
      [command, path, host, tool].filter((what) => what !== undefined).length === 1,
    'must be about exactly one of command, path, host and tool',
  );

/** What agents may do; the section `policy` of the configuration. */
export const policySettings = z
  .strictObject({
    mode: z
      .enum(['ask', 'auto_allow_safe'])
      .default('ask')
      .describe(
        'Whether a person is asked about tool calls to which the policy has no objection (ask), or they are allowed at once (auto_allow_safe).',
      )
      .meta(live),
    rules: z
      .preprocess(fromJson, z.array(rule))
      .default([])
      .describe(
        'Your own rules, which make the policy stricter: name, decision (ask or deny), reason, and one of command, path, host, tool; see docs/security.md. In the environment as JSON.',
      )
      .meta(live),
  })
  .prefault({});
