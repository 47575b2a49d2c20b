import { z } from 'zod';

const inside = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodPrefault ? (schema.unwrap() as z.ZodType) : schema;

/** The path of every setting, e.g. `['worker', 'claude_code', 'command']`. */
export function settingPaths(schema: z.ZodType, prefix: string[] = []): string[][] {
  const section = inside(schema);
  if (!(section instanceof z.ZodObject)) return [prefix];
  return Object.entries(section.shape).flatMap(([key, child]) =>
    settingPaths(child as z.ZodType, [...prefix, key]),
  );
}

/** The schema of one setting. Throws if there is none at this path. */
export function settingAt(schema: z.ZodType, path: readonly string[]): z.ZodType {
  return path.reduce<z.ZodType>((outer, key) => {
    const section = inside(outer);
    const child = section instanceof z.ZodObject ? section.shape[key] : undefined;
    if (!child) throw new Error(`no setting ${path.join('.')}`);
    return child as z.ZodType;
  }, schema);
}

/** The environment variable of a setting. */
export const variableOf = (path: readonly string[]): string => `HOTPLEX_${path.join('_').toUpperCase()}`;

/** What stands at this path of a configuration. */
export const valueAt = (tree: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((section, key) => (section as Record<string, unknown>)[key], tree);
