import { z } from 'zod';
import type { Config } from '../../config-schema.ts';
import { plainLine } from '../terminal/plain-text.ts';
import { toTable } from '../to-table.ts';
import { UsageError } from '../usage-error.ts';
import { askOperators } from './ask-operators.ts';

const change = z.object({ key: z.string(), old: z.unknown(), new: z.unknown(), restart: z.boolean() });
const version = z.object({ version: z.number(), changes: z.array(change) });
const history = z.object({
  version: z.number(),
  entries: z.array(
    version.extend({ time: z.iso.datetime(), actor: z.string().nullable(), origin: z.string() }),
  ),
});

/** What a running gateway answered: as it is, and in words. */
export type Told = { data: object; words: string };

/** The configurations that were in force, newest first. Throws as askOperators does, like the others here. */
export async function configHistory(config: Config): Promise<Told> {
  const data = await askOperators(config, { path: '/admin/config/history', answer: history });
  const rows = data.entries.map(({ version, time, origin, actor, changes }) => [
    ...[String(version), `${time.slice(0, 16).replace('T', ' ')}Z`, origin],
    ...[plainLine(actor ?? '–', 40), plainLine(changes.map(inWords).join('; '), 200)],
  ]);
  return { data, words: toTable([['VERSION', 'SINCE', 'BY', 'WHO', 'CHANGED'], ...rows]) };
}

/** Has the file read anew. */
export const reloadConfig = (config: Config): Promise<Told> =>
  changeConfig(config, { path: '/admin/config/reload', body: {} });

/** Puts an earlier version back. Throws UsageError for what is no number of one. */
export function rollbackConfig(config: Config, given: string): Promise<Told> {
  if (!/^[1-9]\d{0,14}$/.test(given))
    throw new UsageError(`${given} is no version: hotplex config history lists them by number`);
  return changeConfig(config, { path: '/admin/config/rollback', body: { version: Number(given) } });
}

async function changeConfig(config: Config, asked: { path: string; body: object }): Promise<Told> {
  const data = await askOperators(config, { ...asked, answer: version });
  const first =
    data.changes.length === 0
      ? `Nothing is different: version ${data.version} is in force.`
      : `Version ${data.version} is in force:`;
  return {
    data,
    words: [first, ...data.changes.map((each) => `  ${plainLine(inWords(each), 400)}`)].join('\n'),
  };
}

const inWords = ({ key, old, new: now, restart }: z.infer<typeof change>) =>
  `${key}: ${shown(old)} → ${shown(now)}${restart ? ', after a restart' : ''}`;

const shown = (value: unknown) => JSON.stringify(value) ?? 'not set';
