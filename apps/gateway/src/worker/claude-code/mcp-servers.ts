import type { NoticeReason, SessionConfig } from '@hotplex/aep-protocol';
import * as z from 'zod';
import type { WorkerEvent } from '../worker.ts';
import type { Reply } from './control-channel.ts';
import { notice } from './translate-notice.ts';

type Servers = NonNullable<SessionConfig['mcp_servers']>;

/** Gives the session its MCP servers. Not by arguments: their keys would stand where all of the machine can read them. */
export function serversRequest(servers: Servers): { subtype: string; servers: Servers } {
  return { subtype: 'mcp_set_servers', servers };
}

const setServers = z.looseObject({ errors: z.record(z.string(), z.string()).nullish() });

/** Which servers could not be started, in the CLI's words. The session goes on without them. */
export function toServerProblems(reply: Reply): WorkerEvent[] {
  if ('failure' in reply) {
    const message = `The MCP servers were refused: ${reply.failure}`;
    return [{ type: 'error', data: { code: 'CONFIG_INVALID', message, details: { field: 'mcp_servers' } } }];
  }
  const parsed = setServers.safeParse(reply.value);
  return Object.entries(parsed.data?.errors ?? {}).flatMap(([server, error]) =>
    notice({
      kind: 'info',
      message: `The MCP server ${server} could not be started: ${error}`,
      details: { reason: 'mcp_server_failed' satisfies NoticeReason, server, error },
    }),
  );
}
