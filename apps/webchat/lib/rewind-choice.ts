import type { RewindPreview } from '@hotplex/client-sdk';

/** What goes back. */
export type RewindChoice = 'both' | 'conversation' | 'files';

export const rewindChoices: readonly RewindChoice[] = ['both', 'conversation', 'files'];

/** Why something cannot go back. */
type RewindObstacle = 'agent' | 'unmarked' | 'unknown' | 'same';

/** Why this cannot go back, if so. */
export function obstacleOf(
  choice: RewindChoice,
  { conversation, files }: RewindPreview,
): RewindObstacle | undefined {
  if (choice !== 'files' && !conversation.possible) return conversation.reason ?? 'unmarked';
  if (choice === 'conversation') return undefined;
  if (files === null) return 'unknown';
  return files.changes.some(({ reason }) => reason === null) ? undefined : 'same';
}

/** What is chosen at first: as much as can go back. */
export function firstChoice(preview: RewindPreview): RewindChoice | undefined {
  return rewindChoices.find((choice) => obstacleOf(choice, preview) === undefined);
}
