import { readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { type Config, configSchema } from './config-schema.ts';
import { StartError } from './ground/start-error.ts';

type Tree = { [key: string]: unknown };
type Environment = Readonly<Record<string, string | undefined>>;

/** Read by the command line, not settings of the configuration. */
const ownVariables = new Set(['HOTPLEX_CONFIG']);

export type LoadedConfig = { config: Config; warnings: string[] };

/** Code defaults ← YAML file ← `HOTPLEX_SECTION_KEY` for every key. Throws StartError naming the key and the remedy. */
export function loadConfig({ file, env }: { file: string | undefined; env: Environment }): LoadedConfig {
  const tree = file === undefined ? {} : readFile(file);
  const warnings = applyEnvironment(tree, env);
  const parsed = configSchema.safeParse(tree);
  if (parsed.success) return { config: parsed.data, warnings };
  throw new StartError(parsed.error.issues.map((issue) => explain(issue, file)).join('\n'));
}

function readFile(file: string): Tree {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new StartError(
      `the configuration file ${file} cannot be read: check the path given by --config or HOTPLEX_CONFIG`,
      { cause },
    );
  }
  let value: unknown;
  try {
    value = parseYaml(text) ?? {};
  } catch (cause) {
    const where = cause instanceof Error ? cause.message.split('\n')[0] : '';
    throw new StartError(`the configuration file ${file} is not valid YAML: ${where}`, { cause });
  }
  if (typeof value !== 'object' || Array.isArray(value))
    throw new StartError(`the configuration file ${file} must be a mapping of sections`);
  return value as Tree;
}

/** Puts `HOTPLEX_*` variables in their place in the tree; returns a warning for each that names no setting. */
function applyEnvironment(tree: Tree, env: Environment): string[] {
  const names = new Map(
    settingPaths(configSchema).map((path) => [`HOTPLEX_${path.join('_').toUpperCase()}`, path]),
  );
  // As the reference calls it.
  names.set('HOTPLEX_JWT_SECRET', ['security', 'jwt_secret']);
  const warnings: string[] = [];
  const keys: string[] = [];
  for (const [name, value] of Object.entries(env).sort(([a], [b]) =>
    a.localeCompare(b, 'en', { numeric: true }),
  )) {
    if (!name.startsWith('HOTPLEX_') || ownVariables.has(name) || value === undefined) continue;
    const path = names.get(name);
    if (path) put(tree, path, value);
    else if (/^HOTPLEX_SECURITY_API_KEY_\d+$/.test(name)) keys.push(value);
    else warnings.push(`${name} names no setting of this gateway and has no effect`);
  }
  if (keys.length > 0) {
    const section = sectionOf(tree, 'security');
    const listed = section.api_keys ?? [];
    section.api_keys = Array.isArray(listed) ? [...listed, ...keys] : [listed, ...keys].join(',');
  }
  return warnings;
}

/** The path of every setting, e.g. `['worker', 'claude_code', 'command']`. */
export function settingPaths(schema: z.ZodType, prefix: string[] = []): string[][] {
  const inner = schema instanceof z.ZodPrefault ? schema.unwrap() : schema;
  if (!(inner instanceof z.ZodObject)) return [prefix];
  return Object.entries(inner.shape).flatMap(([key, child]) =>
    settingPaths(child as z.ZodType, [...prefix, key]),
  );
}

function put(tree: Tree, path: readonly string[], value: string): void {
  const [key, ...rest] = path;
  if (key === undefined) return;
  if (rest.length === 0) tree[key] = value;
  else put(sectionOf(tree, key), rest, value);
}

function sectionOf(tree: Tree, key: string): Tree {
  const section = tree[key] ?? {};
  tree[key] = section;
  return section as Tree;
}

function explain(issue: z.core.$ZodIssue, file: string | undefined): string {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const key = [...path, issue.keys[0]].join('.');
    const known = settingPaths(configSchema).map((setting) => setting.join('.'));
    const close =
      known.find((name) => name.split('.').at(-1) === issue.keys[0]) ??
      known.find((name) => distance(name, key) <= 3);
    return `${file ?? 'the configuration'}: there is no setting ${key}${close ? `; did you mean ${close}?` : ': remove it or see docs/configuration.md'}`;
  }
  const variable = `HOTPLEX_${path.join('_').toUpperCase()}`;
  return `the setting ${path.join('.')} (${variable}) is wrong: ${issue.message}`;
}

/** Edit distance, for suggestions (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, char] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(
        Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (char === other ? 0 : 1)),
      );
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
