import { loadConfig } from '../config.ts';
import { configJsonSchema } from '../config-json-schema.ts';
import { compareConfigs, reportSettings } from '../config-report.ts';
import { StartError } from '../ground/start-error.ts';
import { refuseUnstartable } from '../refuse-unstartable.ts';
import type { Command } from './command.ts';
import { parseArguments } from './parse-arguments.ts';

const help = `hotplex config – what the gateway would run with; nothing is started or changed

  hotplex config check               whether it is right; says what is not, and what to do
  hotplex config show [--json]       every setting, its value, and where that is from
  hotplex config diff [OTHER-FILE]   the settings that are not as by default, or not as in the other file
  hotplex config schema              JSON Schema of the file, for editors

  --config FILE   the file; otherwise HOTPLEX_CONFIG. HOTPLEX_… variables count as they do for the gateway.

  check tries no port, no database and no sandbox: that is what hotplex doctor is for. Secrets are not shown. Exit code: 0; 1 if the configuration is wrong.`;

const options = {
  config: { type: 'string', short: 'c' },
  json: { type: 'boolean', default: false },
} as const;

type Arguments = { file: string | undefined; other: string | undefined; json: boolean };

const actions: Record<string, (given: Arguments) => void> = {
  check({ file }) {
    const { config, warnings } = load(file);
    refuseUnstartable(config);
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
export const configCommand: Command = {
  name: 'config',
  usage: [
    ['config check | show | diff | schema', 'what the gateway would run with; see hotplex config --help'],
  ],
  help,
  async run(args) {
    const { action, ...given } = readArguments(args);
    action(given);
    return 0;
  },
};

const load = (file: string | undefined) => loadConfig({ file, env: process.env });
const shown = (value: unknown): string => (value === undefined ? '(not set)' : JSON.stringify(value));

function readArguments(args: readonly string[]): Arguments & { action: (given: Arguments) => void } {
  const { values, positionals } = parseArguments(args, options);
  const [name = '', other, ...more] = positionals;
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!action || more.length > 0 || (other !== undefined && name !== 'diff'))
    throw new StartError(`it is: hotplex config ${Object.keys(actions).join(' | ')}: see --help`);
  return { action, other, file: values.config ?? process.env.HOTPLEX_CONFIG, json: values.json };
}
