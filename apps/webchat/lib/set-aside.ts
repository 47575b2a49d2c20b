import type { AepUIMessage } from '@hotplex/ai-sdk-transport';

export type FoldedMessages = {
  /** What is drawn one below the other: of messages that were set aside together, the first. */
  rows: AepUIMessage[];
  /** All that were set aside together, by the id of the first. */
  folds: ReadonlyMap<string, readonly AepUIMessage[]>;
};

/** The messages of a conversation, those that one event set aside behind the first of them. */
export function foldSetAside(messages: readonly AepUIMessage[]): FoldedMessages {
  const rows: AepUIMessage[] = [];
  const folds = new Map<string, AepUIMessage[]>();
  let open: { by: number; folded: AepUIMessage[] } | undefined;
  for (const message of messages) {
    const by = message.metadata?.setAsideBy;
    if (by !== undefined && open?.by === by) {
      open.folded.push(message);
      continue;
    }
    rows.push(message);
    open = by === undefined ? undefined : { by, folded: [message] };
    if (open) folds.set(message.id, open.folded);
  }
  return { rows, folds };
}

/** The row that a message is in: itself, or the first of those that were set aside with it. */
export function rowOf(messageId: string, folds: FoldedMessages['folds']): string {
  for (const [row, folded] of folds) if (folded.some(({ id }) => id === messageId)) return row;
  return messageId;
}

/** How many turns are among messages. */
export function turnsIn(messages: readonly AepUIMessage[]): number {
  return messages.filter(({ role }) => role === 'assistant').length;
}
