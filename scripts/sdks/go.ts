import {
  clientControlAction,
  closeCodes,
  errorCodes,
  loggedEvents,
  protocolVersion,
  serverControlAction,
  subprotocol,
} from '../../packages/aep-protocol/src/index.ts';
import { choiceOf, discriminator, goReader, goType, namedTexts, pointer, recordName } from './go-shapes.ts';
import { alignRows, constants, goHeader, goName } from './go-text.ts';
import { type EventModel, type Field, protocolModel, type RecordModel } from './protocol-model.ts';

const quote = (text: string) => JSON.stringify(text);
const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** Where it matters whether a truth value was said at all. */
const saidOrNot = new Set(['retryable']);

/** Text that is absent is empty and a truth value false; else what is absent is nil. */
function fieldType({ name, shape, required }: Field): string {
  const type = goType(shape);
  const isPlain =
    shape.kind === 'string' || shape.kind === 'literal' || (shape.kind === 'boolean' && !saidOrNot.has(name));
  return required || isPlain ? type : pointer(type);
}

function struct({ fields, open }: RecordModel, name: string, about: string): string {
  const rows = fields
    .filter((field) => field.name !== 'type' || discriminator({ name, fields, open }) === undefined)
    .map((field) => [
      goName(field.name),
      fieldType(field),
      `\`json:${quote(field.name + (field.required ? '' : ',omitzero'))}\``,
    ]);
  const comment = `// ${name} ${about}\n`;
  if (rows.length === 0 && !open) return `${comment}type ${name} struct{}\n`;
  const extra = open
    ? [['// Extra has the fields that are not known here.'], ['Extra', 'map[string]any', '`json:"-"`']]
    : [];
  return `${comment}type ${name} struct {\n${alignRows([...rows, ...extra])}}\n`;
}

function reader({ fields, open }: RecordModel, name: string): string {
  const lines = fields
    .filter((field) => field.name !== 'type' || discriminator({ name, fields, open }) === undefined)
    .map((field) => {
      const plain = fieldType(field) === goType(field.shape);
      const how = field.required ? 'required' : plain ? 'optional' : 'optionalPointer';
      return `\tdata.${goName(field.name)} = ${how}(fields, ${quote(field.name)}, ${goReader(field.shape)})\n`;
    });
  const known = fields.map((field) => quote(field.name)).join(', ');
  const extra = open ? `\tdata.Extra = fields.except(${known})\n` : '';
  return `func read${name}(value any) (${name}, bool) {
	fields := openRecord(value)
	var data ${name}
${lines.join('')}${extra}	return data, fields.ok
}
`;
}

/** A record that a client may write as one of a union. */
function choiceMember(record: RecordModel, choice: string, type: string): string {
  const name = recordName(record.name);
  return `func (${name}) is${choice}() {}

// MarshalJSON adds the type, which says which ${choice} it is.
func (part ${name}) MarshalJSON() ([]byte, error) {
	type fields ${name}
	return json.Marshal(struct {
		Type string \`json:"type"\`
		fields
	}{${quote(type)}, fields(part)})
}
`;
}

function choices(all: readonly RecordModel[], records: readonly RecordModel[]): string[] {
  const found = new Map<string, string[]>();
  for (const { fields } of all) {
    for (const { shape } of fields) {
      const choice = choiceOf(shape.kind === 'list' ? shape.of : shape);
      if (choice) found.set(choice.name, choice.records);
    }
  }
  return [...found].flatMap(([choice, names]) => {
    const members = records.filter(({ name }) => names.includes(name));
    const cases = members.map(
      (member) =>
        `\tcase ${quote(discriminator(member) ?? '')}:\n\t\treturn asChoice[${choice}](read${recordName(member.name)}(value))\n`,
    );
    return [
      `// ${choice} is one of ${names.map(recordName).join(', ')}.\ntype ${choice} interface{ is${choice}() }\n`,
      `func read${choice}(value any) (${choice}, bool) {\n\tswitch typeOf(value) {\n${cases.join('')}\t}\n\treturn nil, false\n}\n`,
      ...members.map((member) => choiceMember(member, choice, discriminator(member) ?? '')),
    ];
  });
}

const eventName = ({ type }: EventModel) => `${goName(type)}Event`;

function eventsFile(): string {
  const { events, records } = protocolModel('server');
  const parts = records.flatMap((record) => {
    const name = recordName(record.name);
    return [struct(record, name, 'is a part of what a gateway says.'), reader(record, name)];
  });
  const kinds = events.flatMap((event) => {
    const name = eventName(event);
    const about = `is the kind ${quote(event.type)}. ${event.about}`;
    return [
      struct(event.data, name, about),
      `// Type is ${quote(event.type)}.\nfunc (${name}) Type() string { return ${quote(event.type)} }\n`,
      reader(event.data, name),
    ];
  });
  const cases = events.map(
    (event) => `\tcase ${quote(event.type)}:\n\t\treturn asEvent(read${eventName(event)}(data))\n`,
  );
  const logged = Object.keys(loggedEvents).map((kind) => `\t\t${quote(kind)}`);
  return [
    `${goHeader}\nimport "encoding/json"\n`,
    ...parts,
    ...choices([...records, ...events.map(({ data }) => data)], records),
    ...kinds,
    `// readEvent reads the data of a kind; known is false for a kind that is newer than this package.\nfunc readEvent(kind string, data any) (event Event, known, ok bool) {\n\tswitch kind {\n${cases.join('')}\t}\n\treturn nil, false, false\n}\n`,
    `// isLogged says whether a kind is numbered, stored and replayed.\nfunc isLogged(kind string) bool {\n\tswitch kind {\n\tcase\n${logged.join(',\n')}:\n\t\treturn true\n\t}\n\treturn false\n}\n`,
  ].join('\n');
}

function requestsFile(): string {
  const { events, records } = protocolModel('client');
  const known = new Set(protocolModel('server').records.map(({ name }) => name));
  const own = records.filter(({ name }) => !known.has(name));
  const visible = (name: string) => (name === 'SessionConfig' ? name : lowerFirst(recordName(name)));
  const named = (text: string) =>
    own.reduce((result, { name }) => result.replaceAll(`*${recordName(name)} `, `*${visible(name)} `), text);
  return [
    goHeader,
    ...own.map((record) => struct(record, visible(record.name), 'is a part of what a client says.')),
    ...events.map(({ type, about, data }) =>
      named(struct(data, `${lowerFirst(goName(type))}Request`, `is the kind ${quote(type)}. ${about}`)),
    ),
  ].join('\n');
}

function codesFile(): string {
  const codes = Object.keys(errorCodes);
  const entries = Object.entries(errorCodes).map(
    ([code, { remedy, retryable }]) =>
      `\tcase Code${goName(code)}:\n\t\treturn ${quote(remedy)}, ${retryable}\n`,
  );
  const stays = Object.values(closeCodes)
    .filter(({ reconnect }) => !reconnect)
    .map(({ code }) => code);
  const action = 'is something to do with a session or a connection.';
  const actions = [...new Set([...clientControlAction.options, ...serverControlAction.options])];
  return [
    goHeader,
    `// ProtocolVersion is the version that frames carry.\nconst ProtocolVersion = ${quote(protocolVersion)}\n`,
    `const subprotocol = ${quote(subprotocol)}\n`,
    ...namedTexts.map(constants),
    constants({ type: 'ControlAction', about: action, prefix: 'Control', values: actions }),
    constants({
      type: 'ErrorCode',
      about: 'is the stable name of a failure.',
      prefix: 'Code',
      values: codes,
    }),
    `// describe says what to do about an error, and whether the same request may be tried again.\nfunc describe(code ErrorCode) (remedy string, retryable bool) {\n\tswitch code {\n${entries.join('')}\t}\n\treturn "", code == CodeConnectionLost\n}\n`,
    `// isFinal says of a close code whether a client stays away after it; all others are a lost link.\nfunc isFinal(closeCode int) bool {\n\tswitch closeCode {\n\tcase ${stays.join(', ')}:\n\t\treturn true\n\t}\n\treturn false\n}\n`,
  ].join('\n');
}

/** The generated files of the Go SDK, by their path below `sdks/go`. */
export function goFiles(): Record<string, string> {
  return { 'codes.go': codesFile(), 'events.go': eventsFile(), 'requests.go': requestsFile() };
}
