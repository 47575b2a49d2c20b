import type { ServerEnvelope } from '@hotplex/aep-protocol';

/** The events of the session since a turn began, as long as somebody may want to read the turn from its start. */
export type TurnLog = {
  readonly id: string;
  readonly envelopes: ServerEnvelope[];
  /** How long they are as text, characters. */
  size: number;
  /** How many streams read it now. */
  readers: number;
  /** Nothing will be added any more. */
  ended: boolean;
};

/** A prompt that was sent from here, on its way to its turn. */
export type OwnPrompt = {
  readonly inputId: string;
  log: TurnLog | undefined;
  /** The turn it became before it was sent again; that one is in the history. */
  ranAs: string | undefined;
  /** It will never have a turn: an error, or `null` if it was cancelled. */
  outcome: Error | null | undefined;
};
