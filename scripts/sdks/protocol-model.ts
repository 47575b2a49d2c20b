import { jsonSchema } from '../../packages/aep-protocol/src/index.ts';

/** What a value may be, without the words of a language. */
export type Shape =
  | { kind: 'string' | 'boolean' | 'integer' | 'number' | 'any' | 'null' }
  | { kind: 'literal'; values: string[] }
  | { kind: 'list'; of: Shape }
  | { kind: 'map'; of: Shape }
  | { kind: 'union'; of: Shape[] }
  | { kind: 'record'; name: string };

export type Field = { name: string; shape: Shape; required: boolean };

/** A thing with named fields; `open` if it may have others, too. */
export type RecordModel = { name: string; about?: string; fields: Field[]; open: boolean };
export type EventModel = { type: string; about: string; data: RecordModel };

/** The events of one direction, and the records in their data, each before those that use it. */
export type Direction = { events: EventModel[]; records: RecordModel[] };

type Schema = {
  type?: string | string[];
  title?: string;
  description?: string;
  const?: string;
  enum?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
};

/** Names that people know, for those that would follow from the place in the schema. */
const familiar: Readonly<Record<string, string>> = {
  InitConfig: 'SessionConfig',
  InitAckServerCaps: 'ServerCapabilities',
  DoneStats: 'TurnStats',
  TurnStatsSession: 'SessionTotals',
};

/** `message.delta` and `message_delta` become `MessageDelta`. */
export function pascalCase(text: string): string {
  return text
    .split(/[._]/)
    .filter(Boolean)
    .map((word) => word[0]?.toUpperCase() + word.slice(1))
    .join('');
}

function singular(name: string): string {
  return name.replace(/ies$/, 'y').replace(/(?<!s)s$/, '');
}

/** The events of a direction, as the JSON Schema has them. Throws at a schema that it does not know. */
export function protocolModel(direction: 'client' | 'server'): Direction {
  const { $defs } = jsonSchema() as { $defs: Record<string, { oneOf: Schema[] }> };
  const records: RecordModel[] = [];

  function toRecord(schema: Schema, wanted: string): RecordModel {
    const name = familiar[wanted] ?? wanted;
    const fields = Object.entries(schema.properties ?? {}).map(([field, value]) => ({
      name: field,
      shape: toShape(value, `${name}${pascalCase(field)}`),
      required: schema.required?.includes(field) ?? false,
    }));
    return { name, fields, open: schema.additionalProperties !== undefined };
  }

  function toShape(schema: Schema, name: string): Shape {
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices)
      return union(choices.map((choice, index) => toShape(choice, choiceName(choice, name, index))));
    if (schema.const !== undefined) return { kind: 'literal', values: [schema.const] };
    if (schema.enum) return { kind: 'literal', values: schema.enum };
    if (Array.isArray(schema.type))
      return union(schema.type.map((one) => toShape({ ...schema, type: one }, name)));
    switch (schema.type) {
      case undefined:
        return { kind: 'any' };
      case 'string':
      case 'boolean':
      case 'integer':
      case 'number':
      case 'null':
        return { kind: schema.type };
      case 'array':
        return { kind: 'list', of: toShape(schema.items ?? {}, singular(name)) };
      case 'object': {
        if (!schema.properties)
          return { kind: 'map', of: toShape((schema.additionalProperties as Schema) ?? {}, `${name}Value`) };
        const record = toRecord(schema, name);
        records.push(record);
        return { kind: 'record', name: record.name };
      }
      default:
        throw new Error(`${name}: no language knows the type ${schema.type}`);
    }
  }

  const events = ($defs[`${direction}Event`]?.oneOf ?? []).map((schema) => {
    const type = schema.properties?.type?.const ?? '';
    const about = schema.description ?? '';
    return { type, about, data: { ...toRecord(schema.properties?.data ?? {}, pascalCase(type)), about } };
  });
  return { events, records };
}

/** Any text beside known words is any text. */
function union(of: Shape[]): Shape {
  const hasText = of.some(({ kind }) => kind === 'string');
  const left = of.filter(({ kind }) => !(hasText && kind === 'literal'));
  return left.length === 1 && left[0] ? left[0] : { kind: 'union', of: left };
}

function choiceName({ properties }: Schema, name: string, index: number): string {
  const word = properties?.type?.const;
  return word === undefined
    ? name + (properties && index > 0 ? index + 1 : '')
    : `${name}${pascalCase(word)}`;
}
