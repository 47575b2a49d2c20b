import type { SessionConfig } from '@hotplex/aep-protocol';
import * as z from 'zod';
import { GatewayError } from '../../ground/gateway-error.ts';

const strings = z.record(z.string(), z.string());
const server = z.union([
  z.strictObject({
    type: z.literal('stdio').optional(),
    command: z.string().min(1),
    args: z.array(z.string()).optional(),
    env: strings.optional(),
  }),
  z.strictObject({ type: z.enum(['http', 'sse']), url: z.url(), headers: strings.optional() }),
]);

const pairs = (record: Record<string, string> = {}) =>
  Object.entries(record).map(([name, value]) => ({ name, value }));

/** The session's MCP servers in the protocol's words. Throws CONFIG_INVALID naming the one that is not understood. */
export function toMcpServers(servers: SessionConfig['mcp_servers'] = {}): Record<string, unknown>[] {
  return Object.entries(servers).map(([name, value]) => {
    const parsed = server.safeParse(value);
    if (!parsed.success) {
      const message = `mcp_servers.${name} must have command (and args, env), or type http or sse and url (and headers)`;
      throw new GatewayError('CONFIG_INVALID', message, { details: { field: `mcp_servers.${name}` } });
    }
    if ('url' in parsed.data) {
      const { type, url, headers } = parsed.data;
      return { type, name, url, headers: pairs(headers) };
    }
    const { command, args = [], env } = parsed.data;
    return { name, command, args, env: pairs(env) };
  });
}
