import type { WorkerEvent } from '../worker.ts';
import { commandReplied, type Situation } from './commands.ts';
import type { Conversation } from './conversation.ts';
import { newSessionReplied, ownTurnReplied } from './own-turn.ts';
import { promptReplied, steerReplied } from './prompts.ts';
import type { Purpose } from './purpose.ts';
import type { Reply, RequestChannel } from './request-channel.ts';

type Replied = {
  purpose: Purpose;
  reply: Reply;
  situation: Situation;
  pi: RequestChannel;
  /** Milliseconds of the worker's clock. */
  at: number;
};

/** What Pi's reply means, by what was asked. */
export function replied(
  conversation: Conversation,
  { purpose, reply, situation, pi, at }: Replied,
): readonly WorkerEvent[] {
  switch (purpose.for) {
    case 'prompt':
      return promptReplied(conversation, { turn: purpose.turn, reply, at });
    case 'steer':
      return steerReplied(conversation, { inputId: purpose.inputId, reply, at });
    case 'own-turn':
      return ownTurnReplied(conversation, { purpose, reply, pi, at });
    case 'new-session':
      return newSessionReplied(conversation, { reply, at });
    case 'command':
      return commandReplied({ command: purpose.command, reply }, situation);
  }
}
