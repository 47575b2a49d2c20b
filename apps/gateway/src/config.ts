import type { z } from 'zod';
import { type Environment, readConfigFile, type Tree } from './config-file.ts';
import { type Config, configSchema } from './config-schema.ts';
import { editDistance } from './ground/edit-distance.ts';
import { StartError } from './ground/start-error.ts';
import { refuseUnusable } from './refuse-unstartable.ts';
import { settingPaths, variableOf } from './setting-paths.ts';

/** Read by the command line and, as the documentation tells newcomers, by programs that talk to a gateway. */
const ownVariables = new Set(['HOTPLEX_CONFIG', 'HOTPLEX_URL', 'HOTPLEX_KEY', 'HOTPLEX_AGENT']);

/** Where settings came from that are not the default, by their dotted paths; `rollback`: from an earlier configuration. */
export type SettingOrigins = ReadonlyMap<string, 'file' | 'environment' | 'rollback'>;

export type LoadedConfig = {
  config: Config;
  /** Where it came from, absolute: the file and those it inherits. */
  files: readonly string[];
  warnings: string[];
  origins: SettingOrigins;
  /** What file and environment say together, before it was read as settings. */
  tree: Tree;
};

/** Code defaults ← file ← `HOTPLEX_SECTION_KEY` for every key. Throws StartError naming the key and the remedy. */
export function loadConfig({ file, env }: { file: string | undefined; env: Environment }): LoadedConfig {
  const { tree, files } = file === undefined ? { tree: {}, files: [] } : readConfigFile(file, env);
  const origins = new Map(originsIn(tree, 'file'));
  const { warnings, settings } = applyEnvironment(tree, env);
  for (const setting of settings) origins.set(setting, 'environment');
  return { config: parseSettings(tree, file), files, warnings, origins, tree };
}

/** That all settings of a tree came from there. */
export function originsIn(tree: Tree, origin: 'file' | 'rollback'): SettingOrigins {
  const paths = settingPaths(configSchema).filter((path) => has(tree, path));
  return new Map(paths.map((path) => [path.join('.'), origin]));
}

/** The configuration that these settings make, from this file or from no file. Throws StartError naming key and remedy. */
export function parseSettings(tree: unknown, file?: string): Config {
  const parsed = configSchema.safeParse(tree);
  if (parsed.success) return parsed.data;
  throw new StartError(parsed.error.issues.map((issue) => explain(issue, file)).join('\n'));
}

/** What is wrong with settings that came from no file, and what one should know of them. */
export function checkSettings(tree: Tree): { errors: string[]; warnings: string[] } {
  const parsed = configSchema.safeParse(tree);
  if (!parsed.success)
    return { errors: parsed.error.issues.map((issue) => explain(issue, undefined)), warnings: [] };
  const { api_keys: apiKeys } = parsed.data.security;
  const warnings =
    apiKeys.length > 0 ? [] : ['security.api_keys is empty: programs need keys of `hotplex keys`'];
  try {
    refuseUnusable(parsed.data);
  } catch (error) {
    if (error instanceof StartError) return { errors: [error.message], warnings };
    throw error;
  }
  return { errors: [], warnings };
}

/** Puts `HOTPLEX_*` variables in their place in the tree; says which settings those are, and warns of each that is none. */
function applyEnvironment(tree: Tree, env: Environment): { warnings: string[]; settings: string[] } {
  const names = new Map(settingPaths(configSchema).map((path) => [variableOf(path), path]));
  // As the reference calls it.
  names.set('HOTPLEX_JWT_SECRET', ['security', 'jwt_secret']);
  const warnings: string[] = [];
  const settings: string[] = [];
  const numbered: { number: number; key: string }[] = [];
  const ours = Object.keys(env).filter((name) => name.startsWith('HOTPLEX_'));
  // NOTE: an order of ICU would have every start load what ICU knows.
  for (const name of ours.sort()) {
    const value = env[name];
    if (ownVariables.has(name) || value === undefined) continue;
    const path = names.get(name);
    const [, number] = /^HOTPLEX_SECURITY_API_KEY_(\d+)$/.exec(name) ?? [];
    if (path) {
      put(tree, path, value);
      settings.push(path.join('.'));
    } else if (number !== undefined) numbered.push({ number: Number(number), key: value });
    else warnings.push(`${name} names no setting of this gateway and has no effect`);
  }
  if (numbered.length > 0) {
    const keys = numbered.toSorted((a, b) => a.number - b.number).map(({ key }) => key);
    const listed = sectionOf(tree, 'security')?.api_keys ?? [];
    const all = Array.isArray(listed) ? [...listed, ...keys] : [listed, ...keys].join(',');
    put(tree, ['security', 'api_keys'], all);
    settings.push('security.api_keys');
  }
  return { warnings, settings };
}

function has(tree: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return tree !== undefined;
  return typeof tree === 'object' && tree !== null && has((tree as Tree)[key], rest);
}

function put(tree: Tree, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path;
  if (key === undefined) return;
  if (rest.length === 0) {
    tree[key] = value;
    return;
  }
  const section = sectionOf(tree, key);
  if (section) put(section, rest, value);
}

/** A section, made if there is none. Undefined where something else stands: that is left for the schema to refuse. */
function sectionOf(tree: Tree, key: string): Tree | undefined {
  tree[key] ??= {};
  const section = tree[key];
  return typeof section === 'object' && !Array.isArray(section) ? (section as Tree) : undefined;
}

function explain(issue: z.core.$ZodIssue, file: string | undefined): string {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const key = [...path, issue.keys[0]].join('.');
    const known = settingPaths(configSchema).map((setting) => setting.join('.'));
    const close =
      known.find((name) => name.split('.').at(-1) === issue.keys[0]) ??
      known.find((name) => editDistance(name, key) <= 3);
    return `${file ?? 'the configuration'}: there is no setting ${key}${close ? `; did you mean ${close}?` : ': remove it or see docs/configuration.md'}`;
  }
  return `the setting ${path.join('.')} (${variableOf(path)}) is wrong: ${issue.message}`;
}
