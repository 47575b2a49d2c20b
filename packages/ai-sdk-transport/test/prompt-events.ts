import type { ServerData, ServerEvent } from '@hotplex/aep-protocol';

/** An accepted prompt of ada’s. */
export function prompt(
  input_id: string,
  content: string,
  delivery: ServerData<'input'>['delivery'] = 'queue',
): ServerEvent {
  return { type: 'input', data: { input_id, content, author: 'ada', delivery, status: 'queued' } };
}

/** What became of a prompt: delivered, unless said otherwise. */
export function status(input_id: string, data: Partial<ServerData<'input.status'>>): ServerEvent {
  return { type: 'input.status', data: { input_id, status: 'delivered', ...data } };
}
