import type { DemoRequest } from '../messages.ts';

const known: ReadonlySet<unknown> = new Set<DemoRequest['type']>([
  'prompt',
  'steer',
  'interrupt',
  'command',
  'permission',
  'answers',
  'form',
]);

/** A line of the gateway. Undefined for anything that is no request; the fields are the adapter's word and are trusted. */
export function decodeRequest(line: string): DemoRequest | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRequest(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRequest(value: unknown): value is DemoRequest {
  return typeof value === 'object' && value !== null && 'type' in value && known.has(value.type);
}
