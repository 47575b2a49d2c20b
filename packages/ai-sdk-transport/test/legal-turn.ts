import type { ServerEvent } from '@hotplex/aep-protocol';
import * as fc from 'fast-check';
import { called, noStats, succeeded } from './turn-script.ts';

/** Something the agent does: it opens a thing, goes on with one, or ends one. Numbers choose among what is open. */
type Action = { kind: (typeof kinds)[number]; pick: number; text: string };

const kinds = [
  'text',
  'more',
  'end',
  'think',
  'call',
  'output',
  'return',
  'fail',
  'ask',
  'allow',
  'deny',
  'question',
  'answer',
  'form',
  'fill',
  'retract',
  'whole',
  'aside',
  'late',
  'step',
  'steer',
  'plan',
  'notice',
  'usage',
  'error',
] as const;

const action: fc.Arbitrary<Action> = fc.record({
  kind: fc.constantFrom(...kinds),
  pick: fc.nat(5),
  text: fc.string({ maxLength: 4 }),
});

const stopped: ServerEvent = {
  type: 'done',
  data: { success: false, stats: { ...noStats, stop_reason: 'interrupted' } },
};

/** The events of any turn that the protocol allows, up to its `done`. `turnId` is the turn that steered prompts name. */
export function anyTurn(turnId: string): fc.Arbitrary<ServerEvent[]> {
  return fc
    .tuple(fc.array(action, { maxLength: 40 }), fc.constantFrom(succeeded, stopped))
    .map(([actions, done]) => [...play(actions, turnId), done]);
}

export const legalTurn = anyTurn('turn_1');

function play(actions: readonly Action[], turnId: string): ServerEvent[] {
  const texts: string[] = [];
  const written: string[] = [];
  const calls: string[] = [];
  const permissions: { id: string; call: string }[] = [];
  const questions: string[] = [];
  const forms: string[] = [];
  const returned: string[] = [];
  let count = 0;
  const next = (letter: string) => `${letter}${++count}`;

  const toEvents = ({ kind, pick, text }: Action): ServerEvent[] => {
    const textId = texts[pick % texts.length];
    const callId = calls[pick % calls.length];
    const permission = permissions[pick % permissions.length];
    const questionId = questions[pick % questions.length];
    switch (kind) {
      case 'text': {
        const id = next('m');
        texts.push(id);
        written.push(id);
        return [{ type: 'message.start', data: { id, role: 'assistant', content_type: 'text' } }];
      }
      case 'more':
        return textId ? [{ type: 'message.delta', data: { message_id: textId, content: text } }] : [];
      case 'end':
        return drop(texts, textId).map((message_id) => ({ type: 'message.end', data: { message_id } }));
      case 'think':
        return [{ type: 'reasoning', data: { id: `r${pick % 2}`, content: text } }];
      case 'call': {
        const id = next('t');
        calls.push(id);
        return [called(id)];
      }
      case 'output':
        return callId ? [{ type: 'tool_update', data: { id: callId, output_delta: text } }] : [];
      case 'return':
        return drop(calls, callId).map((id) => {
          returned.push(id);
          return { type: 'tool_result', data: { id, output: text } };
        });
      case 'fail':
        return drop(calls, callId).map((id) => ({
          type: 'tool_result',
          data: { id, output: null, error: text },
        }));
      case 'ask': {
        const [call] = drop(calls, callId);
        if (!call) return [];
        const id = next('p');
        permissions.push({ id, call });
        return [{ type: 'permission_request', data: { id, tool_name: 'Bash', tool_call_id: call } }];
      }
      case 'allow':
      case 'deny': {
        const [asked] = drop(permissions, permission);
        if (!asked) return [];
        if (kind === 'allow') calls.push(asked.call);
        return [
          {
            type: 'permission.resolved',
            data: { id: asked.id, allowed: kind === 'allow', by: 'ada', reason: 'answered' },
          },
        ];
      }
      case 'question': {
        const id = next('q');
        questions.push(id);
        return [{ type: 'question_request', data: { id, questions: [{ question: text, options: [] }] } }];
      }
      case 'answer':
        return drop(questions, questionId).map((id) => ({
          type: 'question.resolved',
          data: { id, answers: { [`?${text}`]: text }, by: 'ada', reason: 'answered' },
        }));
      case 'retract': {
        const [id] = drop(written, written[pick % written.length]);
        drop(texts, id);
        return id ? [{ type: 'message.retract', data: { message_ids: [id] } }] : [];
      }
      case 'form': {
        const id = next('e');
        forms.push(id);
        return [{ type: 'elicitation_request', data: { id, mcp_server_name: 'git', message: text } }];
      }
      case 'fill':
        return drop(forms, forms[pick % forms.length]).map((id) => ({
          type: 'elicitation.resolved',
          data: { id, action: 'accept', by: 'ada', reason: 'answered' },
        }));
      case 'whole': {
        const id = next('m');
        written.push(id);
        return [{ type: 'message', data: { id, role: 'assistant', content: text } }];
      }
      case 'aside':
        return callId
          ? [{ type: 'reasoning', data: { id: `a${pick}`, content: text, parent_id: callId } }]
          : [];
      case 'late': {
        const id = returned[pick % returned.length];
        return id ? [{ type: 'tool_update', data: { id, title: text, status: 'completed' } }] : [];
      }
      case 'step':
        return [{ type: 'step', data: { id: `s${pick}`, step_type: 'agent', name: text } }];
      case 'steer': {
        const input_id = next(`${turnId}_i`);
        return [
          {
            type: 'input',
            data: { input_id, content: text, author: 'ada', delivery: 'steer', status: 'queued' },
          },
          { type: 'input.status', data: { input_id, status: 'delivered', turn_id: turnId } },
        ];
      }
      case 'usage':
        return [{ type: 'context_usage', data: { total_tokens: pick, max_tokens: 5, percentage: 0 } }];
      case 'plan':
        return [{ type: 'plan', data: { entries: [{ content: text, status: 'pending' }] } }];
      case 'notice':
        return [{ type: 'worker.notice', data: { kind: 'info', message: text } }];
      case 'error':
        return [{ type: 'error', data: { code: 'RESUME_RETRY', message: text } }];
    }
  };
  return actions.flatMap(toEvents);
}

/** Takes an element out of a list, if it is there. */
function drop<T>(list: T[], element: T | undefined): T[] {
  const index = element === undefined ? -1 : list.indexOf(element);
  return index === -1 ? [] : list.splice(index, 1);
}
