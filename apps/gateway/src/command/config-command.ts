import { loadConfig } from '../config.ts';
import { configJsonSchema } from '../config-json-schema.ts';
import { compareConfigs, reportSettings } from '../config-report.ts';
import { refuseUnstartable } from '../refuse-unstartable.ts';
import type { RunCommand } from './command.ts';
import { configHistory, reloadConfig, rollbackConfig, type Told } from './config/config-versions.ts';
import { readArguments } from './read-arguments.ts';
import { config } from './table/config.ts';

type Given = { file: string | undefined; word: string | undefined; json: boolean };

const actions: Record<keyof typeof config.actions, (given: Given) => Promise<void> | void> = {
  check({ file, json }) {
    const { config: loaded, warnings } = load(file);
    refuseUnstartable(loaded);
    if (json) {
      console.log(JSON.stringify({ file: file ?? null, warnings }));
      return;
    }
    for (const warning of warnings) console.log(`warning: ${warning}`);
    console.log(`${file ?? 'the configuration'} is right`);
  },
  show({ file, json }) {
    const settings = reportSettings(load(file));
    if (json) console.log(JSON.stringify(settings, null, 2));
    else
      for (const { path, value, origin } of settings) console.log(`${path} = ${shown(value)}   # ${origin}`);
  },
  diff({ file, word: other, json }) {
    const base = other === undefined ? loadConfig({ file: undefined, env: {} }) : load(other);
    const differences = compareConfigs(base.config, load(file).config);
    if (json) console.log(JSON.stringify(differences, null, 2));
    else
      for (const { path, one, other } of differences) console.log(`${path}: ${shown(one)} → ${shown(other)}`);
  },
  schema() {
    console.log(JSON.stringify(configJsonSchema(), null, 2));
  },
  history: async (given) => print(given, await configHistory(load(given.file).config)),
  reload: async (given) => print(given, await reloadConfig(load(given.file).config)),
  rollback: async (given) => print(given, await rollbackConfig(load(given.file).config, given.word ?? '')),
};

/** Checks, shows and compares configurations, and changes that of a running gateway. */
export const runConfig: RunCommand = async (args) => {
  const { action = 'check', words, values } = readArguments(config, args);
  const file = values.config ?? process.env.HOTPLEX_CONFIG;
  await actions[action]({ file, word: words[0], json: values.json === true });
  return 0;
};

const print = ({ json }: Given, { data, words }: Told) => console.log(json ? JSON.stringify(data) : words);
const load = (file: string | undefined) => loadConfig({ file, env: process.env });
const shown = (value: unknown): string => (value === undefined ? '(not set)' : JSON.stringify(value));
