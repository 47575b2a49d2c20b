import type { AepUIMessage } from '@hotplex/ai-sdk-transport';

/** Messages that follow each other, shown one by one, or folded because the agent was taken back to before them. */
export type MessageRun = { setAsideBy: number | undefined; messages: readonly AepUIMessage[] };

/** The messages of a conversation, those that were set aside by one event together. */
export function toRuns(messages: readonly AepUIMessage[]): MessageRun[] {
  const runs: { setAsideBy: number | undefined; messages: AepUIMessage[] }[] = [];
  for (const message of messages) {
    const setAsideBy = message.metadata?.setAsideBy;
    const last = runs.at(-1);
    if (last && last.setAsideBy === setAsideBy) last.messages.push(message);
    else runs.push({ setAsideBy, messages: [message] });
  }
  return runs;
}

/** How many turns are among messages. */
export function turnsIn(messages: readonly AepUIMessage[]): number {
  return messages.filter(({ role }) => role === 'assistant').length;
}
