import type { ServerEvent } from '@hotplex/aep-protocol';
import type { AepClient } from '@hotplex/client-sdk';
import { ignoreDecided } from '../terminal/ignore-decided.ts';

/** What is said to an agent that asks whether it may. */
export type Permission = 'allow' | 'deny' | 'ask';

/** Answers as a person in a terminal does; resolves with what was decided. */
type AskPerson = (event: ServerEvent) => Promise<{ denied?: string } | undefined>;

type Answering = {
  client: Pick<AepClient, 'respondToPermission'>;
  permission: Permission;
  ask: AskPerson;
};

/** What came of something that the agent asked. */
export type Answered = { denied: string } | { waitsFor: string } | undefined;

/** Answers what an agent asks during a run: undefined for what is no question, or was answered. */
export async function answerForRun(
  event: ServerEvent,
  { client, permission, ask }: Answering,
): Promise<Answered> {
  const asked = askedBy(event);
  if (asked === undefined) return undefined;
  if (permission === 'ask') {
    const answer = await ask(event);
    return answer?.denied === undefined ? undefined : { denied: answer.denied };
  }
  if (event.type !== 'permission_request') return { waitsFor: asked };
  const allowed = permission === 'allow';
  const reason = 'hotplex run was told to deny what is asked (--permission)';
  await client
    .respondToPermission(event.data.id, allowed ? { allowed } : { allowed, reason })
    .catch(ignoreDecided);
  return allowed ? undefined : { denied: asked };
}

/** What an event asks, in a line. */
function askedBy(event: ServerEvent): string | undefined {
  switch (event.type) {
    case 'permission_request':
      return `${event.data.tool_name}: ${event.data.policy?.command ?? event.data.description ?? ''}`;
    case 'question_request':
      return event.data.questions.map(({ question }) => question).join(' ');
    case 'elicitation_request':
      return event.data.message;
    default:
      return undefined;
  }
}
