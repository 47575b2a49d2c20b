import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ApiEnvironment } from '../api-environment.ts';
import { askPeer, patienceMs } from './ask-peer.ts';
import type { Peer, Peers } from './peers.ts';

/** What one node of a cluster says of itself; null: it did not answer in time. */
export type NodePart<T> = Peer & { is_self: boolean; report: T | null };

/** The parts of an answer for all nodes. */
export const nodeParts = <Report extends z.ZodType>(report: Report) =>
  z
    .array(
      z.object({
        name: z.string(),
        life: z.string().describe('As in GET /admin/nodes.'),
        is_self: z.boolean().describe('Whether this is the gateway that answers.'),
        report: report
          .nullable()
          .describe(
            `null: it did not answer within ${patienceMs / 1_000} seconds, and is in none of the sums.`,
          ),
      }),
    )
    .optional()
    .describe('Each node of a cluster; not there where a gateway is alone, or one node is asked for.');

/** Asks each node what it says of itself, this one first and all at once. `report` is what is taken of their answers. */
export async function askAllNodes<Report extends z.ZodType>(
  c: Context<ApiEnvironment>,
  { peers, report, own }: { peers: Peers; report: Report; own(): Promise<z.infer<Report>> },
): Promise<NodePart<z.infer<Report>>[]> {
  const ask = async (peer: Peer) => {
    try {
      const answer = await askPeer(c, peer, peers);
      // One of another version may say something else.
      return report.safeParse(await answer.json()).data ?? null;
    } catch {
      return null;
    }
  };
  const others = peers.others().map(async (peer) => ({ ...peer, is_self: false, report: await ask(peer) }));
  const self = { ...peers.self, is_self: true, report: await own() };
  return [self, ...(await Promise.all(others))];
}

/** Those that answered. */
export const reportsOf = <T>(parts: readonly NodePart<T>[]): T[] =>
  parts.flatMap(({ report }) => report ?? []);
