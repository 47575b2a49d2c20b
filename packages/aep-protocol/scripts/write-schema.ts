// Writes from the event table schema/aep-v1.schema.json and src/server-shapes.ts; with --check only says whether they are
// current.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { connectionEvents, loggedEvents } from '../src/events.ts';
import { jsonSchema } from '../src/json-schema.ts';
import { toShape } from './to-shape.ts';

type Table = typeof loggedEvents | typeof connectionEvents;

/** A line for each kind, so that a change of one is a change of one line. */
function shapesOf(name: string, type: string, table: Table): string {
  const lines = Object.entries(table).map(
    ([kind, { data }]) => `  ${JSON.stringify(kind)}: ${JSON.stringify(toShape(data))},`,
  );
  return `export const ${name}: Readonly<Record<${type}['type'], Shape>> = {\n${lines.join('\n')}\n};\n`;
}

const shapes = `// biome-ignore-all format: written by scripts/write-schema.ts from the event table.
import type { ConnectionEvent, LoggedEvent } from './events.ts';
import type { Shape } from './shape.ts';

/** The data of every kind that is numbered, stored and replayed. */
${shapesOf('loggedShapes', 'LoggedEvent', loggedEvents)}
/** The data of the frames of one connection. */
${shapesOf('connectionShapes', 'ConnectionEvent', connectionEvents)}`;

const written = {
  'schema/aep-v1.schema.json': `${JSON.stringify(jsonSchema(), null, 2)}\n`,
  'src/server-shapes.ts': shapes,
};

for (const [path, text] of Object.entries(written)) {
  const file = fileURLToPath(new URL(`../${path}`, import.meta.url));
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(
      `${path} is not what the event table says: run \`pnpm --filter @hotplex/aep-protocol schema\``,
    );
    process.exitCode = 1;
  }
}
