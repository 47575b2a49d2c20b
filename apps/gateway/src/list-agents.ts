import type { Availability, WorkerDefinition } from './worker/worker.ts';

/** An agent, and whether it is on this machine. */
export type ListedAgent = {
  type: string;
  title: string;
  /** The version this gateway was tested with; null for what is part of it. */
  tested: string | null;
} & Availability;

/** Looks for every agent on this machine: what is there, in which version, and how to get the rest. */
export function listAgents(definitions: readonly WorkerDefinition[]): Promise<ListedAgent[]> {
  return Promise.all(
    definitions.map(async ({ type, title, tested, locate }) => ({
      type,
      title,
      tested,
      ...(await locate()),
    })),
  );
}

/** The rows of a table for people, with its heading. */
export function toAgentRows(listed: readonly ListedAgent[]): string[][] {
  return [['AGENT', 'TYPE', 'VERSION', ''], ...listed.map(toRow)];
}

function toRow(agent: ListedAgent): string[] {
  const { title, type } = agent;
  if (!agent.available)
    return [title, type, '–', `not usable: ${agent.reason}. To install: ${agent.install}`];
  return [title, type, agent.version ?? '', toTested(agent.tested, agent.version)];
}

/** Whether the tests of this gateway ran with this very version. */
function toTested(tested: string | null, version: string | null): string {
  if (tested === null) return 'part of HotPlex';
  return version === tested ? 'tested' : `not tested with this version (tested with ${tested})`;
}
