import { pascalCase, type RecordModel, type Shape } from './protocol-model.ts';

export type WordSet = { name: string; values: string[] };
export type Choice = { tag: string; model: RecordModel }[];

/** Where a record is: what it says or hears, and the records beside it. */
export type Place = { direction: 'client' | 'server'; records: RecordModel[] };

/** `turn_id` becomes `turnId`. */
export const camelCase = (name: string) =>
  name.replace(/^_/, '').replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());

/** Names of sets of words, by the first place where the event table has them; others are named after that place. */
const familiarWords: Readonly<Record<string, string>> = {
  StateState: 'SessionState',
  InputDelivery: 'Delivery',
  InputStatus: 'PromptStatus',
  ToolCallKind: 'ToolKind',
  ToolCallStatus: 'ToolStatus',
  PlanEntryStatus: 'PlanStatus',
  PlanEntryPriority: 'PlanPriority',
  WorkerNoticeKind: 'NoticeKind',
  PermissionRequestOptionKind: 'PermissionOptionKind',
  PermissionRequestPolicyDecision: 'PolicyDecision',
  PermissionResolvedReason: 'ResolvedReason',
  ElicitationResolvedAction: 'ElicitationAction',
  ServerCapabilitiesProcess: 'ProcessKind',
  InitAckRole: 'Role',
  PresenceParticipantRole: 'Role',
  SessionConfigPermissionMode: 'PermissionMode',
  SessionConfigIsolation: 'IsolationLevel',
  WorkerCommandCommand: 'WorkerCommandName',
};

/** The \`type\` that tells a record from others in its place, or undefined. */
export function tagOf({ fields }: RecordModel): string | undefined {
  const shape = fields.find(({ name }) => name === 'type')?.shape;
  return shape?.kind === 'literal' && shape.values.length === 1 ? shape.values[0] : undefined;
}

/** The records of a union that are told apart by their `type`, or undefined. */
function choiceOf(of: Shape[], records: RecordModel[]): Choice | undefined {
  const tagged = of.flatMap((shape) => {
    const model = shape.kind === 'record' ? records.find(({ name }) => name === shape.name) : undefined;
    const tag = model && tagOf(model);
    return model && tag !== undefined ? [{ tag, model }] : [];
  });
  return tagged.length === of.length ? tagged : undefined;
}

const boxed = (type: string) => ({ boolean: 'Boolean', long: 'Long', double: 'Double' })[type] ?? type;

function mayBeNull(shape: Shape): boolean {
  return shape.kind === 'any' || (shape.kind === 'union' && shape.of.some(({ kind }) => kind === 'null'));
}

/**
 * Java's types for the records of both directions, and which sets of words and choices of records were met on the way:
 * each of them is one type, named after the first place where the event table has it.
 */
export function javaTypes() {
  const words = new Map<string, WordSet>();
  const choices = new Map<string, Choice>();

  function typeOf(shape: Shape, place: Place & { name: string }): string {
    const anything = place.direction === 'server' ? 'JsonNode' : 'Object';
    switch (shape.kind) {
      case 'string':
        return 'String';
      case 'boolean':
        return 'boolean';
      case 'integer':
        return 'long';
      case 'number':
        return 'double';
      case 'any':
      case 'null':
        return anything;
      case 'literal': {
        const key = shape.values.join();
        const known = words.get(key) ?? {
          name: familiarWords[place.name] ?? place.name,
          values: shape.values,
        };
        words.set(key, known);
        return known.name;
      }
      case 'list':
        return `List<${boxed(typeOf(shape.of, place))}>`;
      case 'map':
        return `Map<String, ${boxed(typeOf(shape.of, place))}>`;
      case 'record':
        return shape.name;
      case 'union': {
        const rest = shape.of.filter(({ kind }) => kind !== 'null');
        if (rest.length === 1 && rest[0]) return typeOf(rest[0], place);
        const choice = choiceOf(rest, place.records);
        const first = choice?.[0];
        if (!choice || !first) return anything;
        const name = first.model.name.slice(0, -pascalCase(first.tag).length);
        choices.set(name, choice);
        return name;
      }
    }
  }

  /** The components of a record, as they are declared. */
  function components({ fields, name: owner, open }: RecordModel, place: Place): string[] {
    const declared = fields
      .filter(({ shape }) => !(shape.kind === 'literal' && shape.values.length === 1))
      .map(({ name: field, shape, required }) => {
        const type = typeOf(shape, { ...place, name: `${owner}${pascalCase(field)}` });
        const optional = !required || (mayBeNull(shape) && shape.kind !== 'any');
        // The reader turns names of Java into names of the wire; this one cannot be turned back.
        const name = field.startsWith('_') ? `value = ${JSON.stringify(field)}` : '';
        const said = [name, required ? 'required = true' : ''].filter(Boolean).join(', ');
        const annotation = said === '' ? '' : `@JsonProperty(${said}) `;
        const nulls = mayBeNull(shape) ? '@JsonSetter(nulls = Nulls.SET) ' : '';
        return `${annotation}${nulls}${optional ? `@Nullable ${boxed(type)}` : type} ${camelCase(field)}`;
      });
    return open ? [...declared, '@JsonAnySetter @JsonAnyGetter Map<String, JsonNode> more'] : declared;
  }

  return { words, choices, components };
}
