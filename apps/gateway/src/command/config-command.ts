import { loadConfig } from '../config.ts';
import { configJsonSchema } from '../config-json-schema.ts';
import { compareConfigs, reportSettings } from '../config-report.ts';
import { refuseUnstartable } from '../refuse-unstartable.ts';
import type { RunCommand } from './command.ts';
import { readArguments } from './read-arguments.ts';
import { config } from './table/config.ts';

type Given = { file: string | undefined; other: string | undefined; json: boolean };

const actions: Record<keyof typeof config.actions, (given: Given) => void> = {
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
  diff({ file, other, json }) {
    const base = other === undefined ? loadConfig({ file: undefined, env: {} }) : load(other);
    const differences = compareConfigs(base.config, load(file).config);
    if (json) console.log(JSON.stringify(differences, null, 2));
    else
      for (const { path, one, other } of differences) console.log(`${path}: ${shown(one)} → ${shown(other)}`);
  },
  schema() {
    console.log(JSON.stringify(configJsonSchema(), null, 2));
  },
};

/** Checks, shows and compares configurations. */
export const runConfig: RunCommand = async (args) => {
  const { action = 'check', words, values } = readArguments(config, args);
  const file = values.config ?? process.env.HOTPLEX_CONFIG;
  actions[action]({ file, other: words[0], json: values.json === true });
  return 0;
};

const load = (file: string | undefined) => loadConfig({ file, env: process.env });
const shown = (value: unknown): string => (value === undefined ? '(not set)' : JSON.stringify(value));
