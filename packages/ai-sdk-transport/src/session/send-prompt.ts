import { delivery } from '@hotplex/aep-protocol';
import type { AepClient } from '@hotplex/client-sdk';
import { type ChatTransport, generateId } from 'ai';
import { toDisconnect } from '../to-disconnect.ts';
import { toPrompt } from '../to-prompt.ts';
import type { AepUIMessage } from '../ui-message.ts';
import { withAbort } from '../with-abort.ts';
import type { ReadFinishedTurn } from './finished-turn.ts';
import type { SessionFeed } from './session-feed.ts';
import type { OwnPrompt } from './turn-log.ts';

export type SendOptions = Parameters<ChatTransport<AepUIMessage>['sendMessages']>[0];
export type Connected = { client: AepClient; feed: SessionFeed; readFinishedTurn: ReadFinishedTurn };

/**
 * Sends a user message as a prompt and waits until the gateway has stored it. The message’s id is the input’s, so a
 * message that is sent twice runs once; regenerating runs it again, under an id of its own.
 */
export async function sendPrompt(
  { client, feed, readFinishedTurn }: Connected,
  message: AepUIMessage,
  { trigger, abortSignal, body }: Pick<SendOptions, 'trigger' | 'abortSignal' | 'body'>,
): Promise<OwnPrompt> {
  const isAgain = trigger === 'regenerate-message';
  const prompt = feed.expect(isAgain ? `${message.id.slice(0, 80)}:${generateId()}` : message.id);
  const wish = delivery.safeParse((body as { delivery?: unknown } | undefined)?.delivery);
  try {
    const turn = client.prompt(toPrompt(message), { inputId: prompt.inputId, delivery: wish.data });
    await withAbort(turn.accepted, abortSignal);
    if (prompt.ranAs) prompt.log = await withAbort(readFinishedTurn(prompt.ranAs), abortSignal);
    return prompt;
  } catch (error) {
    feed.abandon(prompt);
    throw toDisconnect(error);
  }
}
