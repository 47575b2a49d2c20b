/** What is chosen and written for one question, before it is sent. */
export type QuestionDraft = { chosen: string[]; own: string };

export const emptyDraft: QuestionDraft = { chosen: [], own: '' };

/** The draft after a click on a label: one of many replaces, several of many toggles. */
export function toggleChoice(draft: QuestionDraft, label: string, many: boolean): QuestionDraft {
  if (!many) return { chosen: [label], own: '' };
  const chosen = draft.chosen.includes(label)
    ? draft.chosen.filter((other) => other !== label)
    : [...draft.chosen, label];
  return { ...draft, chosen };
}

/** The answer as it is sent: one text, or a list where several may be chosen; undefined while there is none. */
export function toAnswer(draft: QuestionDraft, many: boolean): string | string[] | undefined {
  const own = draft.own.trim();
  if (many) {
    const all = own === '' ? draft.chosen : [...draft.chosen, own];
    return all.length === 0 ? undefined : all;
  }
  return own === '' ? draft.chosen[0] : own;
}
