// Writes docs/configuration.md from the configuration's schema; with --check only says whether it is current.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { settingPaths } from '../apps/gateway/src/config.ts';
import { configSchema } from '../apps/gateway/src/config-schema.ts';

const file = fileURLToPath(new URL('../docs/configuration.md', import.meta.url));

/** The schema of a setting: sections are unwrapped on the way down. */
function schemaAt(path: readonly string[]): z.ZodType {
  return path.reduce<z.ZodType>((schema, key) => {
    const section = schema instanceof z.ZodPrefault ? schema.unwrap() : schema;
    const child = section instanceof z.ZodObject ? section.shape[key] : undefined;
    if (!child) throw new Error(`no setting ${path.join('.')}`);
    return child;
  }, configSchema);
}

function row(path: readonly string[]): string {
  const schema = schemaAt(path);
  const preset = schema instanceof z.ZodDefault ? `\`${JSON.stringify(schema.def.defaultValue)}\`` : '';
  return `| \`${path.join('.')}\` | \`HOTPLEX_${path.join('_').toUpperCase()}\` | ${preset} | ${schema.description ?? ''} |`;
}

const text = `# Configuration

Defaults, then a YAML file (\`--config FILE\` or \`HOTPLEX_CONFIG\`), then the environment. A key that does not exist is
an error with a suggestion. Lengths of time are milliseconds or text such as \`30s\`, \`5m\`, \`12h\`, \`7d\`;
sizes are bytes or text such as \`512MB\`, \`4GB\`.

| key | environment | default | meaning |
|---|---|---|---|
${settingPaths(configSchema).map(row).join('\n')}
`;

if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  console.error(
    'docs/configuration.md is not what the schema says: run `node scripts/write-configuration.ts`',
  );
  process.exit(1);
}
