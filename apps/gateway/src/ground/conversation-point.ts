/** The moment in an agent's conversation right after something that was said in it. */
export type ConversationPoint = {
  /** The agent's own id of the conversation. */
  conversation: string;
  /** The agent's own name of the last thing that belongs to it; undefined: all of it does. */
  last: string | undefined;
};

/** No agent has this sign in an id. */
const between = '#';

/** A point as one word, which is stored and handed back as it is. */
export function toPointWord({ conversation, last }: ConversationPoint): string {
  return last === undefined ? conversation : `${conversation}${between}${last}`;
}

/** What a word names; one without a point in it is a whole conversation. */
export function fromPointWord(word: string): ConversationPoint {
  const at = word.indexOf(between);
  if (at < 0) return { conversation: word, last: undefined };
  return { conversation: word.slice(0, at), last: word.slice(at + 1) };
}
