import { z } from 'zod';
import { findOwner, type OwnerSearch } from '../session/find-owner.ts';
import type { ForwardedOptions } from './forwarded.ts';
import { toRequestedConfig } from './requested-config.ts';

/** As much of a new session as says which it is; the rest is looked at by whoever opens it. */
const wish = z.object({
  worker_type: z.string(),
  client_key: z.string().max(128).default(''),
  config: z.unknown(),
});

/** The node of the session that is asked for as a new one: the client's own key may mean one that is there. */
export const ownerOfNew =
  (search: OwnerSearch): NonNullable<ForwardedOptions['ownerOf']> =>
  async (c) => {
    const identity = c.get('identity');
    const body = wish.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return 'here';
    const { worker_type: workerType, client_key: key, config } = body.data;
    return findOwner({ identity, workerType, key, config: toRequestedConfig(config) }, search);
  };
