import { GatewayError } from '../ground/gateway-error.ts';

/**
 * The role in a token's `scope` claim, whose words are separated by spaces (RFC 8693, 4.2). A token without the claim is
 * not limited; one that has it can do what it names and nothing else. Throws FORBIDDEN if it names nothing of ours.
 */
export function roleOfScope(scope: string | undefined): 'viewer' | 'driver' {
  const words = scope?.split(' ') ?? ['driver'];
  if (words.includes('driver')) return 'driver';
  if (words.includes('viewer')) return 'viewer';
  const message = 'the scope of this token lets it do nothing here: it must name driver or viewer';
  throw new GatewayError('FORBIDDEN', message);
}
