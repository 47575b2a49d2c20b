import type { SessionConfig } from '@hotplex/aep-protocol';
import { GatewayError } from './ground/gateway-error.ts';
import { classifyUrl } from './policy/url/classify-url.ts';

/**
 * Refuses MCP servers of clients at addresses where an agent would be led to credentials of the cloud or to the gateway
 * itself (U1, U5). Other private addresses are where such servers often are. Throws CONFIG_INVALID naming the server.
 */
export function createMcpServerGuard(gatewayPorts: readonly number[]) {
  return ({ mcp_servers = {} }: SessionConfig): void => {
    for (const [name, { url }] of Object.entries(mcp_servers)) {
      const problem = typeof url === 'string' ? problemOf(url, gatewayPorts) : undefined;
      if (problem === undefined) continue;
      const field = `mcp_servers.${name}`;
      throw new GatewayError('CONFIG_INVALID', `config.${field}.url cannot be used: ${problem}`, {
        details: { field },
      });
    }
  };
}

function problemOf(url: string, gatewayPorts: readonly number[]): string | undefined {
  const place = classifyUrl(url.replace(/^ws(?=s?:)/i, 'http'), { gatewayPorts });
  switch (place.zone) {
    case 'unreadable':
      return place.problem;
    case 'metadata':
      return 'a cloud gives out its credentials at this address';
    case 'gateway':
      return 'this is the gateway itself';
    default:
      return undefined;
  }
}
