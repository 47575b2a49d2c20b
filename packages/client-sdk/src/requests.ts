import type { ClientData, ClientEvent } from '@hotplex/aep-protocol';
import type { PendingInput } from './pending-input.ts';

/** A frame of ours that is answered: what to send, and the event that confirms it, if there is one. */
export type Request = { event: ClientEvent; confirmation?: string };

export type PermissionAnswer = {
  allowed: boolean;
  reason?: string;
  optionId?: string;
  updatedInput?: Record<string, unknown>;
};

export function permissionResponse(
  id: string,
  { allowed, reason, optionId, updatedInput }: PermissionAnswer,
): Request {
  const data: ClientData<'permission_response'> = { id, allowed };
  if (reason !== undefined) data.reason = reason;
  if (optionId !== undefined) data.option_id = optionId;
  if (updatedInput !== undefined) data.updated_input = updatedInput;
  return { event: { type: 'permission_response', data }, confirmation: `permission.resolved:${id}` };
}

export const questionResponse = (id: string, answers: Record<string, string | string[]>): Request => ({
  event: { type: 'question_response', data: { id, answers } },
  confirmation: `question.resolved:${id}`,
});

export const elicitationResponse = (
  id: string,
  action: 'accept' | 'decline' | 'cancel',
  content: Record<string, unknown> | undefined,
): Request => ({
  event: { type: 'elicitation_response', data: { id, action, ...(content ? { content } : {}) } },
  confirmation: `elicitation.resolved:${id}`,
});

export const control = (action: string, details: Record<string, unknown> | undefined): Request => ({
  event: { type: 'control', data: { action, ...(details ? { details } : {}) } },
});

export const workerCommand = (
  command: ClientData<'worker_command'>['command'],
  args: string | undefined,
  extra: Record<string, unknown> | undefined,
): Request => ({
  event: {
    type: 'worker_command',
    data: { command, ...(args === undefined ? {} : { args }), ...(extra ? { extra } : {}) },
  },
});

export const inputEdit = (inputId: string, content: string): Request => ({
  event: { type: 'input.edit', data: { input_id: inputId, content } },
  confirmation: `input.status:${inputId}`,
});

export const inputCancel = (inputId: string): Request => ({
  event: { type: 'input.cancel', data: { input_id: inputId } },
  confirmation: `input.status:${inputId}`,
});

/** A prompt; its receipt confirms it. */
export function promptEvent({ inputId, content, parts, metadata, delivery }: PendingInput): ClientEvent {
  const data: ClientData<'input'> = { content, input_id: inputId };
  if (parts) data.parts = parts;
  if (metadata) data.metadata = metadata;
  if (delivery) data.delivery = delivery;
  return { type: 'input', data };
}
