import type { Owner, OwnerTable } from '../../src/ground/owner-table.ts';

/** The rows that all nodes share, in memory; `sessions` are those that exist, true where something is left to do. */
export function createMemoryOwnerTable(): OwnerTable & {
  readonly rows: Map<string, Owner>;
  readonly sessions: Map<string, boolean>;
  /** Set: it cannot be reached. */
  failure: Error | undefined;
} {
  const rows = new Map<string, Owner>();
  const sessions = new Map<string, boolean>();
  const table = {
    rows,
    sessions,
    failure: undefined as Error | undefined,
    standing: async (sessionId: string) => {
      if (table.failure) throw table.failure;
      return { exists: sessions.has(sessionId), owner: rows.get(sessionId) };
    },
    claim: async (
      sessionId: string,
      { life, workspace, before }: { life: string; workspace: string; before: Owner | undefined },
    ) => {
      if (table.failure) throw table.failure;
      const now = rows.get(sessionId);
      if (now?.life !== before?.life || now?.fence !== before?.fence) return undefined;
      const owner = { life, fence: (before?.fence ?? 0) + 1, workspace: before?.workspace ?? workspace };
      rows.set(sessionId, owner);
      return owner;
    },
    release: async (sessionId: string, { life, fence }: Owner) => {
      if (table.failure) throw table.failure;
      const now = rows.get(sessionId);
      if (now?.life === life && now.fence === fence) rows.set(sessionId, { ...now, life: null });
    },
    move: async (from: string, to: string) => {
      if (table.failure) throw table.failure;
      for (const [id, owner] of rows) if (owner.life === from) rows.set(id, { ...owner, life: to });
      return table.ownedBy(to);
    },
    inherit: async (from: string, to: string) => {
      if (table.failure) throw table.failure;
      for (const [id, owner] of rows)
        if (owner.life === from) rows.set(id, { ...owner, life: to, fence: owner.fence + 1 });
    },
    ownedBy: async (life: string) => {
      if (table.failure) throw table.failure;
      return [...rows].filter(([, owner]) => owner.life === life).map(([id]) => id);
    },
    unfinishedOf: async (life: string | null) => {
      if (table.failure) throw table.failure;
      return [...sessions].flatMap(([id, isUnfinished]) =>
        isUnfinished && (rows.get(id)?.life ?? null) === life ? [id] : [],
      );
    },
    unfinishedLives: async () => {
      if (table.failure) throw table.failure;
      const lives = [...sessions].flatMap(([id, isUnfinished]) =>
        isUnfinished ? [rows.get(id)?.life ?? null] : [],
      );
      return [...new Set(lives)];
    },
  };
  return table;
}
