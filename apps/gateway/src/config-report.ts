import type { LoadedConfig } from './config.ts';
import { type Config, configSchema } from './config-schema.ts';
import { settingAt, settingPaths, valueAt } from './setting-paths.ts';

export type SettingReport = {
  /** Dotted, as in `gateway.addr`. */
  path: string;
  value: unknown;
  origin: 'default' | 'file' | 'environment' | 'rollback';
};

/** Every setting with what it comes to and where that is from; of secrets only whether they are set. */
export const reportSettings = ({
  config,
  origins,
}: Pick<LoadedConfig, 'config' | 'origins'>): SettingReport[] =>
  settingPaths(configSchema).map((parts) => {
    const path = parts.join('.');
    return { path, value: shownValue(config, parts), origin: origins.get(path) ?? 'default' };
  });

/** The settings in which two configurations differ. */
export function compareConfigs(one: Config, other: Config): { path: string; one: unknown; other: unknown }[] {
  return settingPaths(configSchema)
    .filter((parts) => JSON.stringify(valueAt(one, parts)) !== JSON.stringify(valueAt(other, parts)))
    .map((parts) => ({
      path: parts.join('.'),
      one: shownValue(one, parts),
      other: shownValue(other, parts),
    }));
}

function shownValue(config: Config, parts: readonly string[]): unknown {
  const value = valueAt(config, parts);
  if (settingAt(configSchema, parts).meta()?.secret !== true) return value;
  const isSet = Array.isArray(value) ? value.length > 0 : value !== undefined;
  return isSet ? '(secret)' : value;
}
