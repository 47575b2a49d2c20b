import { z } from 'zod';
import { flag, fromCommaList } from './values.ts';

/** Calling people in their browsers; the section `push` of the configuration. */
export const pushSettings = z
  .strictObject({
    enabled: flag
      .default(true)
      .describe(
        'Whether people may have their browsers called by Web Push when an agent asks or has finished.',
      ),
    contact: z
      .string()
      .regex(/^(mailto:[^@\s]+@[^@\s]+|https:\/\/\S+)$/, 'must be a mailto: or https: address')
      .default('mailto:nobody@hotplex.invalid')
      .describe(
        'How push services reach you if something is wrong, as a mailto: or https: address; some take messages from a real one only.',
      ),
    hosts: z
      .preprocess(fromCommaList, z.array(z.string().regex(/^[a-z0-9.-]+(:\d{1,5})?$/)))
      .default([])
      .describe('Push services, as name or name:port, that may be in a private network.'),
  })
  .prefault({});
