// Writes docs/protocol-tables.md from the protocol's own tables; with --check only says whether it is current.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  clientEvents,
  closeCodes,
  errorCodes,
  jsonSchema,
  loggedEvents,
  type SessionState,
  serverEvents,
  sessionTransitions,
} from '../packages/aep-protocol/src/index.ts';

const file = fileURLToPath(new URL('../docs/protocol-tables.md', import.meta.url));

/** As much of JSON Schema as the protocol's schema uses. */
type Schema = {
  type?: string | readonly string[];
  enum?: readonly string[];
  const?: unknown;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
  additionalProperties?: boolean | Schema;
  required?: readonly string[];
};
type KindSchema = { title: string; properties: { data: Schema } };

const code = (word: string) => `\`${word}\``;
const row = (...cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** What a field may be, as one would write it in TypeScript; in a table a bar would end the cell. */
function shapeOf(schema: Schema): string {
  const { enum: choices, const: only, properties, items, additionalProperties: others } = schema;
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return [...new Set(either.map(shapeOf))].join(' or ');
  if (only !== undefined) return code(String(only));
  if (choices) return choices.map(code).join(', ');
  if (items) return `list of ${shapeOf(items)}`;
  if (properties && Object.keys(properties).length > 0) {
    const fields = Object.keys(properties).map((name) =>
      schema.required?.includes(name) ? name : `${name}?`,
    );
    return `{ ${fields.join(', ')} }`;
  }
  if (typeof others === 'object' && Object.keys(others).length > 0) return `object of ${shapeOf(others)}`;
  return [schema.type ?? 'anything'].flat().join(' or ');
}

function fields({ properties = {}, required = [] }: Schema): string {
  const names = Object.keys(properties);
  if (names.length === 0) return 'It has no fields.';
  const rows = Object.entries(properties).map(([name, schema]) =>
    row(code(name), shapeOf(schema), required.includes(name) ? 'yes' : ''),
  );
  return ['| field | what | always there |', '|---|---|---|', ...rows].join('\n');
}

type Table = Readonly<Record<string, { about: string }>>;

/** Every kind of a table with its fields, as the schema has them. */
function kinds(table: Table, schemas: readonly KindSchema[]): string {
  return Object.entries(table)
    .map(([kind, { about }]) => {
      const schema = schemas.find(({ title }) => title === kind);
      if (!schema) throw new Error(`the JSON Schema does not know ${kind}`);
      return `### ${kind}\n\n${about}\n\n${fields(schema.properties.data)}`;
    })
    .join('\n\n');
}

const { clientEvent, serverEvent } = jsonSchema().$defs as Record<
  'clientEvent' | 'serverEvent',
  { oneOf: readonly KindSchema[] }
>;
const unlogged = Object.fromEntries(Object.entries(serverEvents).filter(([kind]) => !(kind in loggedEvents)));

function states(): string {
  const names = Object.keys(sessionTransitions) as SessionState[];
  const rows = names.map((from) =>
    row(code(from), ...names.map((to) => (sessionTransitions[from].includes(to) ? 'yes' : '–'))),
  );
  return [row('from \\ to', ...names.map(code)), `|---|${names.map(() => '---|').join('')}`, ...rows].join(
    '\n',
  );
}

function errors(): string {
  const rows = Object.entries(errorCodes).map(([name, { when, remedy, retryable }]) =>
    row(code(name), when, remedy, retryable ? 'yes' : 'no'),
  );
  return ['| code | when | what to do | does trying again help |', '|---|---|---|---|', ...rows].join('\n');
}

function closings(): string {
  const rows = Object.values(closeCodes).map(({ code: number, about, reconnect }) =>
    row(String(number), about, reconnect ? 'yes' : 'no'),
  );
  return ['| code | when | come back |', '|---|---|---|', ...rows].join('\n');
}

const text = `# AEP v1 in tables

What the tables of \`packages/aep-protocol\` say, written from them by \`scripts/write-protocol-tables.ts\`. Types,
decoder, JSON Schema and the SDKs come from the same tables. What a table cannot say stands in
[the rules](protocol.md).

## States of a session

${states()}

## Error codes

${errors()}

## Close codes

Another code than these is a lost link: come back.

${closings()}

## Events that are logged

They are numbered, stored and replayed. Fields that are not always there may be missing; clients skip fields and kinds
that they do not know.

${kinds(loggedEvents, serverEvent.oneOf)}

## Events of the connection

They concern one connection, and have no number.

${kinds(unlogged, serverEvent.oneOf)}

## What clients send

${kinds(clientEvents, clientEvent.oneOf)}
`;

if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  console.error(
    'docs/protocol-tables.md is not what the protocol says: run `node scripts/write-protocol-tables.ts`',
  );
  process.exit(1);
}
