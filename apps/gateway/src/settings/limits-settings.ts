import { z } from 'zod';
import { amount, count, duration, live } from './values.ts';

/** How much each client may have and send; the section `limits` of the configuration. */
export const limitsSettings = z
  .strictObject({
    frames_per_second: count
      .default(50)
      .describe('Frames that one user may send to one session in the long run, over all connections.')
      .meta(live),
    frames_burst: count.default(200).describe('How many of them may come at once.').meta(live),
    user_connections: count.default(16).describe('Sockets that one person may have open.').meta(live),
    user_inputs_per_minute: count
      .default(120)
      .describe('Prompts that one person may send in a minute, at all nodes of a cluster together.')
      .meta(live),
    key_connections: count
      .default(4_096)
      .describe('The same for one API key: programs often speak for many people.')
      .meta(live),
    key_inputs_per_minute: count.default(6_000).describe('The same for one API key.').meta(live),
    user_cost_per_day: amount
      .default(0)
      .describe(
        'How many US dollars the sessions of one user may cost in a day (UTC), where agents say so; what is more waits for the next day. 0 for any.',
      )
      .meta(live),
    user_tokens_per_day: amount.default(0).describe('The same of tokens.').meta(live),
    user_work_per_day: duration
      .default(0)
      .describe('The same of the time that their agents work, as agents say or as it was measured.')
      .meta(live),
    waiting_sockets: count
      .default(64)
      .describe('Sockets without a credential in their headers that may be open before init.'),
    waiting_sockets_per_address: count.default(8).describe('The same from one address.'),
  })
  .prefault({});
