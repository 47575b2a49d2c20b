import type { WorkerInput } from '../worker.ts';
import type { ElicitationAnswer } from './elicitation.ts';
import type { HookAnswer } from './hook.ts';
import type { PermissionAnswer } from './permission.ts';

/** Lines for the CLI's stdin. NOTE: anything but an object on a line ends the CLI, so each is one by construction. */

/** A prompt. The uuid comes back in everything that belongs to it. */
export function promptLine(uuid: string, input: WorkerInput): string {
  const images = (input.parts ?? []).flatMap((part) =>
    part.type === 'image'
      ? [{ type: 'image', source: { type: 'base64', media_type: part.media_type, data: part.data } }]
      : [],
  );
  const texts = (input.parts ?? []).flatMap((part) =>
    part.type === 'text' ? [{ type: 'text', text: part.text }] : [],
  );
  const words = { type: 'text', text: input.content };
  const content = images.length + texts.length === 0 ? input.content : [...images, words, ...texts];
  return JSON.stringify({ type: 'user', message: { role: 'user', content }, uuid });
}

/** A request to the CLI itself; answered by a `control_response` with the same id. */
export function controlLine(id: string, request: { subtype: string } & Record<string, unknown>): string {
  return JSON.stringify({ type: 'control_request', request_id: id, request });
}

/** What was decided about a request of the CLI. */
export function answerLine(id: string, answer: PermissionAnswer | ElicitationAnswer | HookAnswer): string {
  const response = { subtype: 'success', request_id: id, response: answer };
  return JSON.stringify({ type: 'control_response', response });
}

/** Tells the CLI that its request cannot be answered, so that it does not wait. */
export function refusalLine(id: string, error: string): string {
  return JSON.stringify({
    type: 'control_response',
    response: { subtype: 'error', request_id: id, error },
  });
}
