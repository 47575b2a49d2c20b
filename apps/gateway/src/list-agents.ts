import type { Availability, WorkerDefinition } from './worker/worker.ts';

type Listed = { definition: WorkerDefinition; availability: Availability };

/** Looks for every agent on this machine and says what is there, in which version, and how to get the rest. */
export async function listAgents(definitions: readonly WorkerDefinition[]): Promise<string> {
  const listed = await Promise.all(
    definitions.map(async (definition) => ({ definition, availability: await definition.locate() })),
  );
  const rows = [['AGENT', 'TYPE', 'VERSION', ''], ...listed.map(toRow)];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

function toRow({ definition, availability }: Listed): string[] {
  const { title, type } = definition;
  if (!availability.available) {
    return [title, type, '–', `not usable: ${availability.reason}. To install: ${availability.install}`];
  }
  return [title, type, availability.version ?? '', toTested(definition, availability.version)];
}

/** Whether the tests of this gateway ran with this very version. */
function toTested({ tested }: WorkerDefinition, version: string | null): string {
  if (tested === null) return 'part of HotPlex';
  return version === tested ? 'tested' : `not tested with this version (tested with ${tested})`;
}
