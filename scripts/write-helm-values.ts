// Writes docs/helm-values.md from the comments of the chart's values, and the names of the gateway's settings into their schema;
// with --check only says whether both are current.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isMap, isScalar, parseDocument, type YAMLMap } from 'yaml';
import { z } from 'zod';
import { configJsonSchema } from '../apps/gateway/src/config-json-schema.ts';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const chart = 'deploy/helm/hotplex';
const values = parseDocument(readFileSync(at(`${chart}/values.yaml`), 'utf8'));

/** A row for each value that has a comment above it. Throws for one that has none and is no section either. */
function rows(section: YAMLMap, prefix: string): string[] {
  return section.items.flatMap(({ key, value }, index) => {
    if (!isScalar(key)) throw new Error(`values.yaml: a key of ${prefix} is no word`);
    const path = `${prefix}${key.value}`;
    // What stands above the first key is the whole section's to the parser; of the file's it is the last paragraph.
    const above = key.commentBefore ?? (index === 0 ? section.commentBefore : undefined);
    const comment = above?.split('\n\n').at(-1)?.trim().replaceAll(/\n\s*/g, ' ');
    if (comment) return `| \`${path}\` | \`${JSON.stringify(value)}\` | ${comment} |`;
    if (isMap(value)) return rows(value, `${path}.`);
    throw new Error(`values.yaml: ${path} has no comment that says what it is for`);
  });
}

if (!isMap(values.contents)) throw new Error('values.yaml has no values');
const page = `# Values of the Helm chart

What \`deploy/helm/hotplex\` takes with \`--set\` or \`--values\`; [With Helm](cluster.md#with-helm) says how to use it. A value
that is not here is refused, and so are values that cannot be meant together: the answer names them and says what to do.

| value | default | meaning |
|---|---|---|
${rows(values.contents, '').join('\n')}
`;

const section = z.looseObject({ properties: z.record(z.string(), z.unknown()) });

/** The names below a part of the configuration, and nothing of their values: those may be `${NAME}`, which the gateway fills in. */
function namesIn(schema: unknown): object {
  const { data } = section.safeParse(schema);
  if (!data) return {};
  const properties = Object.entries(data.properties).map(([name, inner]) => [name, namesIn(inner)]);
  return { type: 'object', additionalProperties: false, properties: Object.fromEntries(properties) };
}

const { inherits: _, ...sections } = section.parse(configJsonSchema()).properties;
const schema = z
  .record(z.string(), z.unknown())
  .parse(JSON.parse(readFileSync(at(`${chart}/values.schema.json`), 'utf8')));
const properties = { ...section.parse(schema).properties, config: namesIn({ properties: sections }) };

const files = {
  'docs/helm-values.md': page,
  [`${chart}/values.schema.json`]: `${JSON.stringify({ ...schema, properties }, null, 2)}\n`,
};
for (const [path, text] of Object.entries(files)) {
  if (!process.argv.includes('--check')) writeFileSync(at(path), text);
  else if (!existsSync(at(path)) || readFileSync(at(path), 'utf8') !== text) {
    console.error(
      `${path} is not what values.yaml and the settings say: run \`node scripts/write-helm-values.ts\``,
    );
    process.exit(1);
  }
}
