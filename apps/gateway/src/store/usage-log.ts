/** What one turn took; `null` where its agent did not say. */
export type TurnUsage = {
  ownerId: string;
  workerType: string;
  model: string | null;
  inputTokens: number | null;
  outputTokens: number | null;
  costUsd: number | null;
  /** How long its agent worked, milliseconds. */
  workMs: number | null;
};

/** Days as in `2026-11-27`, in UTC, both of them included; one record for each day and each of `by`. */
export type UsageQuery = { from: string; to: string; by: 'user' | 'agent' | 'model' };

/** The sums of one day; a figure that nobody gave is `null`. */
export type UsageRecord = {
  day: string;
  /** The user, the agent or the model; `null` for a model that was not named. */
  name: string | null;
  turns: number;
  inputTokens: number | null;
  outputTokens: number | null;
  costUsd: number | null;
  /** Milliseconds. */
  workMs: number | null;
};

/** What turns took, by the day. It has nothing of what was said, and outlives the sessions. */
export interface UsageLog {
  /** By day, then by name. */
  usage(query: UsageQuery): UsageRecord[];
}

/** The day of a time in Unix milliseconds, in UTC. */
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
