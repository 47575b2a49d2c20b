import { isAllowed } from '../gate/is-allowed.ts';
import { type GateCheck, toCheck } from '../opencode/gate-check.ts';
import type { InteractionResponse, WorkerEvent } from '../worker.ts';
import type { Conversation, OpenAsk } from './conversation.ts';
import type { EventOf } from './messages.ts';
import type { OpenCodeServer } from './opencode-server.ts';
import type { PermissionPolicy } from './permission-policy.ts';
import type { SessionApi } from './session-api.ts';
import { allowSession, askingTool, askPermission } from './translate-ask.ts';

type Desk = { conversation: Conversation; policy: PermissionPolicy; api: SessionApi };

/** Refuses what is not allowed here, and asks the session alone about what is. Undefined if a person is needed. */
export function answerByPolicy(
  { conversation, policy, api }: Desk,
  { properties: request }: EventOf<'permission.asked'>,
): WorkerEvent[] | undefined {
  if (conversation.asks.has(request.id)) return undefined;
  const verdict = policy.decide(request, askingTool(conversation, request));
  if (verdict === 'ask') return undefined;
  if (verdict === 'allow') return askPermission(conversation, request, 'tool.check');
  if (request.tool) conversation.refused.add(request.tool.callID);
  // NOTE: an ask that is over by now is answered 404, which is as good.
  api.replyPermission(request.id, { allow: false, message: verdict.deny }).catch(() => {});
  return [];
}

/** A tool is about to run, whatever OpenCode's own rules say: the session has the last word. */
export function noteCheck({ checks, workDir }: Conversation, check: GateCheck): WorkerEvent[] {
  checks.set(check.id, check);
  return [toCheck(check, workDir)];
}

/** What the session is to be asked again by a gateway whose predecessor may have died before it gave its word. */
export function openChecks({ checks, workDir }: Conversation): WorkerEvent[] {
  return [...checks.values()].map((check) => toCheck(check, workDir));
}

/** Passes on the word on a tool that waits for it. False if none of this id does. */
export function answerCheck(
  { checks, refused }: Conversation,
  server: OpenCodeServer,
  response: InteractionResponse,
): boolean {
  const check = checks.get(response.id);
  if (!check) return false;
  checks.delete(response.id);
  if (!isAllowed(response)) refused.add(check.callID);
  server.answer(response);
  return true;
}

/** Passes on what a person decided. An ask that is not open is ignored; doubt denies. */
export function answerByPerson({ conversation, policy, api }: Desk, response: InteractionResponse): void {
  const { asks, answering, refused } = conversation;
  const ask = asks.get(response.id);
  if (!ask) return;
  asks.delete(response.id);
  answering.set(response.id, ask);
  // NOTE: an ask that is over by now is answered 404, which is as good.
  const send = (reply: Promise<void>) =>
    void reply.catch(() => {}).finally(() => answering.delete(response.id));
  if (ask.kind === 'question') {
    send(api.replyQuestion(ask.request.id, toAnswers(ask, response)));
    return;
  }
  const denial = toDenial(response);
  if (denial === undefined) {
    const forSession = response.kind === 'permission' && response.optionId === allowSession;
    if (forSession && ask.request.always.length > 0) policy.allowAlways(ask.request);
    send(api.replyPermission(ask.request.id, { allow: true }));
    return;
  }
  if (ask.request.tool) refused.add(ask.request.tool.callID);
  send(api.replyPermission(ask.request.id, { allow: false, message: denial }));
}

/** Undefined if it is allowed. */
function toDenial(response: InteractionResponse): string | undefined {
  if (response.kind !== 'permission' || !response.allowed || response.optionId === 'deny') {
    return (response.kind === 'permission' && response.reason?.trim()) || 'The user denied this.';
  }
  // What was allowed is not what would run.
  if (response.updatedInput) return 'The user asked for another input, which OpenCode cannot be given.';
  return undefined;
}

/** NOTE: a question without an answer is told to the model as unanswered; refused, it would end the turn. */
function toAnswers({ request }: Extract<OpenAsk, { kind: 'question' }>, response: InteractionResponse) {
  const answers = response.kind === 'question' ? (response.answers ?? {}) : {};
  return request.questions.map(({ question }) => {
    const answer = answers[question];
    return answer === undefined ? [] : Array.isArray(answer) ? answer : [answer];
  });
}
