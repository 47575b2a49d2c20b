import type { Owner, OwnerTable, Standing } from '../../ground/owner-table.ts';
import type { Statement } from './postgres-access.ts';
import { unfinishedIds } from './session-queries.ts';

type OwnerTableParts = {
  /** The rows of each, all in one transaction. Rejects with GatewayError. */
  ask<Row>(statements: readonly Statement[]): Promise<Row[][]>;
  /** What this node has is, or is about to be, under this life. */
  moves(life: string): void;
};

const standing = `select exists (select from sessions where id = $1 and state <> 'deleted') as "exists",
  life, fence, workspace from (select) as one left join session_owners on session_id = $1`;
const claimNew = `insert into session_owners (session_id, life, fence, workspace) values ($1, $2, 1, $3)
  on conflict (session_id) do nothing returning life, fence, workspace`;
const claimFrom = `update session_owners set life = $2, fence = fence + 1, written = 0
  where session_id = $1 and life is not distinct from $3 and fence = $4 returning life, fence, workspace`;
const release = 'update session_owners set life = null where session_id = $1 and life = $2 and fence = $3';
/** Locked in the order in which appends do. */
const theirs = `with theirs as (select session_id from session_owners where life = $1
    order by session_id for no key update)
  update session_owners set life = $2`;
const where = 'from theirs where session_owners.session_id = theirs.session_id';
const move = `${theirs} ${where}`;
const inherit = `${theirs}, fence = fence + 1, written = 0 ${where}`;
const ownedBy = 'select session_id as id from session_owners where life = $1';
const unfinished = `from sessions left join session_owners on session_id = id
  where state <> 'deleted' and id in (${unfinishedIds})`;
const unfinishedOf = `select id ${unfinished} and life is not distinct from $1`;
const unfinishedLives = `select distinct life ${unfinished}`;

type Id = { id: string };
type StandingRow = { exists: boolean; life: string | null; fence: number | null; workspace: string | null };

/** Whose sessions are, in the table that each write to a session is checked against. */
export function createOwnerTable({ ask, moves }: OwnerTableParts): OwnerTable {
  const one = async <Row>(text: string, ...values: Statement['values'] & unknown[]): Promise<Row[]> => {
    const [rows = []] = await ask<Row>([{ text, values }]);
    return rows;
  };
  const ids = (rows: readonly Id[]) => rows.map(({ id }) => id);
  return {
    async standing(sessionId): Promise<Standing> {
      const [row] = await one<StandingRow>(standing, sessionId);
      const { exists = false, life = null, fence, workspace } = row ?? {};
      return { exists, owner: fence == null || workspace == null ? undefined : { life, fence, workspace } };
    },
    async claim(sessionId, { life, workspace, before }) {
      const [owner] = before
        ? await one<Owner>(claimFrom, sessionId, life, before.life, before.fence)
        : await one<Owner>(claimNew, sessionId, life, workspace);
      return owner;
    },
    async release(sessionId, { life, fence }) {
      await one(release, sessionId, life, fence);
    },
    async move(from, to) {
      // First: should the answer be lost nobody knows under which of them it is.
      moves(to);
      const [, rows = []] = await ask<Id>([
        { text: move, values: [from, to] },
        { text: ownedBy, values: [to] },
      ]);
      return ids(rows);
    },
    async inherit(from, to) {
      await one(inherit, from, to);
    },
    ownedBy: async (life) => ids(await one<Id>(ownedBy, life)),
    unfinishedOf: async (life) => ids(await one<Id>(unfinishedOf, life)),
    async unfinishedLives() {
      const rows = await one<{ life: string | null }>(unfinishedLives);
      return rows.map(({ life }) => life);
    },
  };
}
