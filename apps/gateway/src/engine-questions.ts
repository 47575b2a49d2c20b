import type { ServerData, ServerEnvelope } from '@hotplex/aep-protocol';
import type { AepClient, InitAck } from '@hotplex/client-sdk';
import type { Logger } from './ground/logger.ts';

type Answer<A> = A | Promise<A>;

/** How a program answers what an agent asks; what has no callback here waits for somebody else until its time is over. */
export type Answers = {
  onPermission?(
    request: ServerData<'permission_request'>,
  ): Answer<{ allowed: boolean; reason?: string; optionId?: string; updatedInput?: Record<string, unknown> }>;
  /** By question: the answer, or several. */
  onQuestion?(request: ServerData<'question_request'>): Answer<Record<string, string | string[]>>;
  onElicitation?(request: ServerData<'elicitation_request'>): Answer<{
    action: 'accept' | 'decline' | 'cancel';
    content?: Record<string, unknown>;
  }>;
};

type Asked = { answers: Answers; logger: Logger };

/** Puts the agent's questions to the program, and takes its answers back. A callback that fails has refused. */
export function answerQuestions(client: AepClient, { answers, logger }: Asked): void {
  client.onEvent((envelope) => {
    if (!isOpen(envelope, client.session)) return;
    answer(client, envelope, answers).catch((error: unknown) =>
      logger.error({ session: envelope.session_id, error: String(error) }, 'a question was not answered'),
    );
  });
}

/** What was asked before we came is open only if the gateway says so: the log also has what was answered long ago. */
function isOpen({ seq, event }: ServerEnvelope, session: InitAck | undefined): boolean {
  if (!session || seq > (session.last_seq ?? 0)) return true;
  return (
    'id' in event.data &&
    typeof event.data.id === 'string' &&
    session.pending?.includes(event.data.id) === true
  );
}

async function answer(client: AepClient, { event }: ServerEnvelope, answers: Answers): Promise<void> {
  switch (event.type) {
    case 'permission_request': {
      if (!answers.onPermission) return;
      const { onPermission } = answers;
      const refusal = { allowed: false, reason: 'the program could not decide' };
      return client.respondToPermission(event.data.id, await orElse(() => onPermission(event.data), refusal));
    }
    case 'question_request': {
      if (!answers.onQuestion) return;
      return client.answerQuestion(event.data.id, await answers.onQuestion(event.data));
    }
    case 'elicitation_request': {
      if (!answers.onElicitation) return;
      const { onElicitation } = answers;
      const refusal = { action: 'cancel' as const, content: undefined };
      const { action, content } = await orElse(() => onElicitation(event.data), refusal);
      return client.respondToElicitation(event.data.id, action, content);
    }
    default:
  }
}

async function orElse<A>(ask: () => Answer<A>, otherwise: A): Promise<A> {
  try {
    return await ask();
  } catch {
    return otherwise;
  }
}
