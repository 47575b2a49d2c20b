import type { Statement } from './postgres-access.ts';
import type { Step } from './step.ts';

const text = `insert into session_owners (session_id, life, fence, workspace)
  select session_id, $2, 1, $3 from unnest($1::text[]) as begun (session_id) order by session_id
  on conflict (session_id) do nothing`;

/**
 * Makes this node the owner of the sessions that begin with these steps. One that is another's already stays so, and what
 * is written to it is refused.
 */
export function beginStatements(
  steps: readonly Step[],
  { life, workspace }: { life: string; workspace: string },
): Statement[] {
  const begun = steps.filter(({ made, owned }) => made && owned?.fence === 1);
  if (begun.length === 0) return [];
  return [{ text, values: [begun.map(({ sessionId }) => sessionId), life, workspace] }];
}
