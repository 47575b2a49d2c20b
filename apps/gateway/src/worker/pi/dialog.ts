import type { InteractionResponse, WorkerEvent } from '../worker.ts';
import type { Conversation, OpenAsk } from './conversation.ts';
import { askTool } from './gate-question.ts';
import type { RecordOf } from './messages.ts';
import type { DialogAnswer } from './outgoing.ts';
import { toPermissionAnswer, translatePermission } from './permission.ts';
import { type QuestionAsk, toToolRequest } from './tool-request.ts';

type Dialog = Extract<OpenAsk, { kind: 'dialog' }>;
type Translated = { events: WorkerEvent[]; answer?: DialogAnswer };

const [yes, no] = ['Yes', 'No'];

/** An extension wants something of the user: ours a permission or answers, others a choice, a text, or only to be heard. */
export function translateDialog(
  conversation: Conversation,
  record: RecordOf<'extension_ui_request'>,
): Translated {
  const { id, method, title, message, options } = record;
  const request = toToolRequest(record);
  if (request?.kind === 'permission') return translatePermission(conversation, { id, request });
  if (request?.kind === 'question') return { events: [translateQuestions(conversation, id, request)] };
  switch (method) {
    case 'select':
    case 'confirm':
    case 'input':
    case 'editor': {
      const labels = method === 'confirm' ? [yes, no] : (options ?? []);
      conversation.asks.set(id, { kind: 'dialog', method, options: labels });
      const question = [title, message].filter(Boolean).join('\n') || 'An extension asks for an answer.';
      const questions = [{ question, options: labels.map((label) => ({ label })) }];
      return { events: [{ type: 'question_request', data: { id, questions } }] };
    }
    case 'notify':
      return { events: [{ type: 'worker.notice', data: { kind: 'info', message: message ?? '' } }] };
    default:
      // Titles, status lines and widgets decorate a terminal that nobody looks at.
      return { events: [] };
  }
}

/** What Pi is told about an open ask. */
export function toDialogAnswer(
  conversation: Conversation,
  ask: OpenAsk,
  response: InteractionResponse,
): DialogAnswer {
  if (ask.kind === 'permission' || ask.kind === 'check')
    return toPermissionAnswer(conversation, ask, response);
  const answers = response.kind === 'question' ? response.answers : null;
  if (answers === null) return { cancelled: true };
  if (ask.kind === 'question') return { value: JSON.stringify(answers) };
  const [given] = Object.values(answers).flat();
  return given === undefined ? { cancelled: true } : toValue(ask, given);
}

function translateQuestions(
  { asks }: Conversation,
  id: string,
  { toolCallId: tool_call_id, questions: asked }: QuestionAsk,
): WorkerEvent {
  asks.set(id, { kind: 'question', toolCallId: tool_call_id });
  const questions = asked.map(({ question, header, options = [], multi_select }) => ({
    question,
    header,
    options: options.map(({ label, description }) => ({ label, description })),
    multi_select,
  }));
  return { type: 'question_request', data: { id, tool_name: askTool, questions, tool_call_id } };
}

function toValue({ method, options }: Dialog, value: string): DialogAnswer {
  if (method === 'confirm') return { confirmed: value === yes };
  // An extension that offers a choice knows no other answer.
  if (method === 'select' && !options.includes(value)) return { cancelled: true };
  return { value };
}
