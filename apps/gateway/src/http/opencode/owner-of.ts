import type { Router } from '../../cluster/router.ts';
import { toOwner } from '../../session/find-owner.ts';
import type { ForwardedOptions } from '../forwarded.ts';
import { pathPart } from '../path-part.ts';
import { fromSessionId, sessionOfRequest } from './opencode-ids.ts';

/** The node of the session that an address names, itself or by a request of its agent. */
export const ownerOf =
  ({ router }: { router: Router }): NonNullable<ForwardedOptions['ownerOf']> =>
  async (c) => {
    const named = pathPart(c, 'id');
    const id = named === undefined ? sessionOfRequest(pathPart(c, 'request_id') ?? '') : fromSessionId(named);
    return id === undefined ? 'here' : toOwner(id, await router.place(id));
  };
