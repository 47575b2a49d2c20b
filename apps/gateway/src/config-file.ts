import { readFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { parse as parseToml, TomlError } from 'smol-toml';
import { parse, parseDocument, YAMLParseError } from 'yaml';
import { StartError } from './ground/start-error.ts';

/** The settings of a file, or a section of them. */
export type Tree = { [key: string]: unknown };
export type Environment = Readonly<Record<string, string | undefined>>;

/** Warnings go to the terminal by themselves, and quote the file. */
const parseYaml = (text: string): unknown => parse(text, { logLevel: 'error' });

const formats: Record<string, { name: string; parse(text: string): unknown }> = {
  '.yaml': { name: 'YAML', parse: parseYaml },
  '.yml': { name: 'YAML', parse: parseYaml },
  '.json': { name: 'JSON', parse: JSON.parse },
  '.toml': { name: 'TOML', parse: parseToml },
};

/** What a file and those it inherits say together, and which ones those are, absolute. */
export type ReadConfig = { tree: Tree; files: readonly string[] };

/**
 * The settings of a YAML, JSON or TOML file over those of the files that it `inherits`, with `${NAME}` and
 * `${NAME:-default}` filled in from the environment. Throws StartError naming the file and the remedy.
 */
export function readConfigFile(file: string, env: Environment): ReadConfig {
  return read(resolve(file), env, []);
}

function read(file: string, env: Environment, heirs: readonly string[]): ReadConfig {
  const chain = [...heirs, file];
  if (heirs.includes(file))
    throw new StartError(`the configuration files inherit each other in a circle: ${chain.join(' → ')}`);
  const { inherits = [], ...own } = fill(parseFile(file), { file, env, path: [] });
  const parents = typeof inherits === 'string' ? [inherits] : inherits;
  if (!Array.isArray(parents) || parents.some((parent) => typeof parent !== 'string'))
    throw new StartError(`${file}: inherits must be the path of a file, or a list of paths`);
  const inherited = parents.map((parent: string) => read(resolve(dirname(file), parent), env, chain));
  return {
    tree: [...inherited.map(({ tree }) => tree), own].reduce(merge, {}),
    files: [file, ...inherited.flatMap(({ files }) => files)],
  };
}

function parseFile(file: string): Tree {
  const format = formats[extname(file).toLowerCase()] ?? { name: 'YAML', parse: parseYaml };
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new StartError(
      `the configuration file ${file} cannot be read: check the path given by --config, HOTPLEX_CONFIG or inherits`,
      { cause },
    );
  }
  let value: unknown;
  try {
    value = format.parse(text) ?? {};
  } catch (error) {
    throw new StartError(`the configuration file ${file} is not valid ${format.name}${placeOf(error, text)}`);
  }
  if (!isTree(value)) throw new StartError(`the configuration file ${file} must be a mapping of sections`);
  return value;
}

/**
 * Where a parser stopped. Its message is not passed on: it quotes the file, and what stands there may be a secret.
 * NOTE: V8 does not say where JSON breaks off; read as YAML, which JSON is, it breaks off at the same place.
 */
function placeOf(error: unknown, text: string): string {
  if (error instanceof TomlError) return `: see line ${error.line}, column ${error.column}`;
  const { linePos } =
    error instanceof YAMLParseError ? error : (parseDocument(text, { schema: 'json' }).errors[0] ?? {});
  const [at] = linePos ?? [];
  return at ? `: see line ${at.line}, column ${at.col}` : '';
}

/** What is nearer wins; sections are put together, lists are replaced. */
function merge(base: Tree, over: Tree): Tree {
  const merged = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isTree(below) && isTree(value) ? merge(below, value) : value;
  }
  return merged;
}

type Place = { file: string; env: Environment; path: readonly string[] };

function fill(tree: Tree, place: Place): Tree {
  const entries = Object.entries(tree);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, fillValue(value, { ...place, path: [...place.path, key] })]),
  );
}

function fillValue(value: unknown, place: Place): unknown {
  if (typeof value === 'string') return fillText(value, place);
  if (Array.isArray(value)) return value.map((item) => fillValue(item, place));
  return isTree(value) ? fill(value, place) : value;
}

/** `$${` stands for a `${` that is meant as it is. */
function fillText(text: string, { file, env, path }: Place): string {
  return text.replaceAll(
    /\$(\$\{)|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g,
    (_, literal: string | undefined, name: string, preset: string | undefined) => {
      if (literal !== undefined) return literal;
      const value = preset === undefined ? env[name] : env[name] || preset;
      if (value !== undefined) return value;
      throw new StartError(
        `${file}: ${path.join('.')} needs the environment variable ${name}: set it, or write \${${name}:-default}`,
      );
    },
  );
}

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
