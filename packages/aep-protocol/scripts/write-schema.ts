// Writes schema/aep-v1.schema.json from the event table; with --check only says whether it is current.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { jsonSchema } from '../src/json-schema.ts';

const file = fileURLToPath(new URL('../schema/aep-v1.schema.json', import.meta.url));
const text = `${JSON.stringify(jsonSchema(), null, 2)}\n`;
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  console.error(
    'aep-v1.schema.json is not what the event table says: run `pnpm --filter @hotplex/aep-protocol schema`',
  );
  process.exit(1);
}
