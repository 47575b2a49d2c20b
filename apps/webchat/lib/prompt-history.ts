/** Walks through what was sent before, as a shell does. What was being typed is the newest entry of all. */
export type PromptHistory = {
  /** The prompt before the one in the field; undefined when there is none. `prompts` are oldest first. */
  earlier: (typed: string, prompts: readonly string[]) => string | undefined;
  /** The one after it, at last what was being typed; undefined when that is in the field already. */
  later: () => string | undefined;
  /** The field was changed by hand: the next walk begins at its end. */
  leave: () => void;
  isWalking: () => boolean;
};

export function createPromptHistory(): PromptHistory {
  let entries: readonly string[] = [];
  let position = 0;
  return {
    earlier: (typed, prompts) => {
      if (position === entries.length) {
        entries = prompts.filter((prompt, index) => prompt !== '' && prompt !== prompts[index + 1]);
        entries = [...entries, typed];
        position = entries.length - 1;
      }
      if (position === 0) return undefined;
      position -= 1;
      return entries[position];
    },
    later: () => {
      if (position >= entries.length - 1) return undefined;
      position += 1;
      return entries[position];
    },
    leave: () => {
      entries = [];
      position = 0;
    },
    isWalking: () => position < entries.length - 1,
  };
}
