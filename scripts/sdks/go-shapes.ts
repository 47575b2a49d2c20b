import { goName, type NamedText } from './go-text.ts';
import { protocolModel, type RecordModel, type Shape } from './protocol-model.ts';

function valuesOf(direction: 'client' | 'server', record: string, field: string): string[] {
  const { events, records } = protocolModel(direction);
  const found = [...records, ...events.map(({ data }) => data)].find(({ name }) => name === record);
  const shape = found?.fields.find(({ name }) => name === field)?.shape;
  if (shape?.kind !== 'literal') throw new Error(`${record}.${field} is no list of words`);
  return shape.values;
}

/** Lists of words that have a type of their own in Go; others are strings. */
export const namedTexts: readonly NamedText[] = [
  { type: 'SessionState', about: 'is where a session is.', values: valuesOf('server', 'State', 'state') },
  {
    type: 'InputStatus',
    about: 'is where an accepted prompt is on its way.',
    values: valuesOf('server', 'InputStatus', 'status'),
  },
  {
    type: 'Delivery',
    about: 'is what to do with a prompt that arrives while a turn runs.',
    values: valuesOf('client', 'Input', 'delivery'),
  },
  {
    type: 'ToolKind',
    about: 'is what kind of work a tool does.',
    values: valuesOf('server', 'ToolCall', 'kind'),
  },
  {
    type: 'ElicitationAction',
    about: 'is an answer to an MCP server that asks for data.',
    values: valuesOf('client', 'ElicitationResponse', 'action'),
  },
  {
    type: 'PermissionMode',
    about: 'is how an agent asks before it acts.',
    values: valuesOf('client', 'SessionConfig', 'permission_mode'),
  },
  {
    type: 'IsolationLevel',
    about: 'is how an agent is kept from the rest of the machine.',
    prefix: 'Isolation',
    values: valuesOf('client', 'SessionConfig', 'isolation'),
  },
  {
    type: 'WorkerCommandName',
    about: 'is a command for the agent rather than for the session.',
    prefix: 'Command',
    values: valuesOf('client', 'WorkerCommand', 'command'),
  },
  {
    type: 'Role',
    about: 'says whether a connection may send, or only watches.',
    values: valuesOf('client', 'Init', 'role'),
  },
];

/** `McpStatusServer` as Go spells it. */
export const recordName = (name: string) => goName(name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_'));

/** The records of a union that says by `type` which one it is, and the name that they have in common. */
export function choiceOf(shape: Shape): { name: string; records: string[] } | undefined {
  if (shape.kind !== 'union') return undefined;
  const records = shape.of.flatMap((one) => (one.kind === 'record' ? [one.name] : []));
  const [first = ''] = records;
  if (records.length !== shape.of.length) return undefined;
  const words = first.split(/(?=[A-Z])/);
  while (words.length > 0 && !records.every((record) => record.startsWith(words.join('')))) words.pop();
  return { name: words.join(''), records };
}

const withoutNull = (shape: Shape): Shape | undefined => {
  if (shape.kind !== 'union' || !shape.of.some(({ kind }) => kind === 'null')) return undefined;
  const of = shape.of.filter(({ kind }) => kind !== 'null');
  return of.length === 1 && of[0] ? of[0] : { kind: 'union', of };
};

const isReference = (type: string) => /^(\[\]|map\[|any$|\*)/.test(type);

/** The Go type of a value that is there. */
export function goType(shape: Shape): string {
  const present = withoutNull(shape);
  if (present) return pointer(goType(present));
  switch (shape.kind) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'integer':
      return 'int64';
    case 'number':
      return 'float64';
    case 'literal':
      return namedText(shape.values) ?? 'string';
    case 'list':
      return `[]${goType(shape.of)}`;
    case 'map':
      return `map[string]${goType(shape.of)}`;
    case 'record':
      return recordName(shape.name);
    case 'union':
      return choiceOf(shape)?.name ?? 'any';
    default:
      return 'any';
  }
}

export const pointer = (type: string) => (isReference(type) ? type : `*${type}`);

function namedText(values: readonly string[]): string | undefined {
  return namedTexts.find((named) => String(named.values) === String(values))?.type;
}

/** The function that reads a value, as `record.go` has them. */
export function goReader(shape: Shape): string {
  const present = withoutNull(shape);
  if (present) return `${isReference(goType(present)) ? 'nilable' : 'nullable'}(${goReader(present)})`;
  switch (shape.kind) {
    case 'string':
      return 'readText';
    case 'boolean':
      return 'readBool';
    case 'integer':
      return 'readInteger';
    case 'number':
      return 'readNumber';
    case 'literal':
      return `oneOf[${goType(shape)}](${shape.values.map((value) => JSON.stringify(value)).join(', ')})`;
    case 'list':
      return `listOf(${goReader(shape.of)})`;
    case 'map':
      return `mapOf(${goReader(shape.of)})`;
    case 'record':
      return `read${recordName(shape.name)}`;
    case 'union': {
      const choice = choiceOf(shape);
      return choice
        ? `read${choice.name}`
        : `either(${shape.of.map((one) => `asAny(${goReader(one)})`).join(', ')})`;
    }
    default:
      return 'readAny';
  }
}

/** What says of a record in a union which one it is; such a field is written and not kept. */
export function discriminator({ fields }: RecordModel): string | undefined {
  const shape = fields.find(({ name }) => name === 'type')?.shape;
  return shape?.kind === 'literal' && shape.values.length === 1 ? shape.values[0] : undefined;
}
