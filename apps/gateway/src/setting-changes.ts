import { compareConfigs } from './config-report.ts';
import { type Config, configSchema } from './config-schema.ts';
import type { SettingChange } from './ground/config-record.ts';
import { settingAt, settingPaths, valueAt } from './setting-paths.ts';

/** Whether a running gateway takes this setting up. */
export const isLive = (path: readonly string[]): boolean =>
  settingAt(configSchema, path).meta()?.live === true;

/** What is different, each by its key; of secrets only whether they are set. */
export const changesBetween = (before: Config, after: Config): SettingChange[] =>
  compareConfigs(before, after).map(({ path, one, other }) => ({
    ...{ key: path, old: one ?? null, new: other ?? null },
    restart: !isLive(path.split('.')),
  }));

/** What a gateway that was started with the one runs with when the file says the other. */
export function takeUpLive(started: Config, next: Config): Config {
  const merged = structuredClone(started);
  for (const path of settingPaths(configSchema).filter(isLive)) {
    const [key = '', ...outer] = [...path].reverse();
    const section = valueAt(merged, outer.reverse()) as Record<string, unknown>;
    section[key] = valueAt(next, path);
  }
  return merged;
}
