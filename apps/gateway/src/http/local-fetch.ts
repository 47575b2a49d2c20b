import type { IncomingMessage } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import type { Attempt } from '../auth/identity.ts';
import type { Api } from './answer-api.ts';

/** The header under which our own client sends a key. */
const clientsKeyHeader = 'x-api-key';

type LocalFetchOptions = { api: Api; apiKeyHeader: string };

/** Asks the API from inside the gateway, in the name of somebody at a front door. He is spared no check: A5 holds for him, too. */
export function createLocalFetch({
  api,
  apiKeyHeader,
}: LocalFetchOptions): (attempt: Attempt) => typeof fetch {
  return ({ address, origin }) =>
    async (input, init) => {
      const request = new Request(input, init);
      const { [clientsKeyHeader]: key, ...others } = Object.fromEntries(request.headers);
      const headers = {
        ...others,
        ...(origin === null ? {} : { origin }),
        ...(key === undefined ? {} : { [apiKeyHeader.toLowerCase()]: key }),
      };
      // What the API looks at of the connection that this request did not come by.
      const incoming = { headers, socket: { remoteAddress: address } } as unknown as IncomingMessage;
      return api.fetch(request, { incoming } as HttpBindings);
    };
}
