import {
  closeCodes,
  errorCodes,
  loggedEvents,
  protocolVersion,
  subprotocol,
} from '../../packages/aep-protocol/src/index.ts';
import { type Choice, camelCase, javaTypes, type Place, tagOf, type WordSet } from './java-types.ts';
import { type Direction, pascalCase, protocolModel, type RecordModel } from './protocol-model.ts';

const warning = '// Written by scripts/generate-sdks.ts from the event table. Changes are lost.';
const packageName = 'dev.hotplex.client.protocol';
const { components, choices, words } = javaTypes();
const quote = (text: string) => JSON.stringify(text);
const constantName = (word: string) =>
  word
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z]/g, '_')
    .toUpperCase();

const javadoc = (text: string, indent = '') => `${indent}/** ${text} */\n`;

function recordText(model: RecordModel, place: Place, end: { is?: string; body?: string } = {}) {
  const list = components(model, place).map((component) => `\n      ${component}`);
  const about = model.about ? javadoc(model.about, '  ') : '';
  const kind = end.is ? `implements ${end.is} ` : '';
  const body = end.body ? `{\n${end.body}  }` : '{}';
  return `${about}  record ${model.name}(${list.join(',')}) ${kind}${body}\n`;
}

function file(imports: readonly string[], text: string): string {
  const used = [...imports].filter((name) => new RegExp(`\\b${name.split('.').at(-1)}\\b`).test(text)).sort();
  return `${warning}
package ${packageName};

${used.map((name) => `import ${name};\n`).join('')}
${text}`;
}

const imports = [
  ...['JsonAnyGetter', 'JsonAnySetter', 'JsonProperty', 'JsonSetter', 'JsonSubTypes'].map(
    (name) => `com.fasterxml.jackson.annotation.${name}`,
  ),
  ...['com.fasterxml.jackson.annotation.JsonTypeInfo', 'com.fasterxml.jackson.annotation.Nulls'],
  ...['com.fasterxml.jackson.databind.JsonNode', 'java.util.List', 'java.util.Map', 'java.util.Set'],
  'org.jspecify.annotations.Nullable',
];

/** The events of one direction as a sealed interface; `apart` are records that have a file of their own. */
function events(
  direction: 'client' | 'server',
  { events: all, records }: Direction,
  apart: Set<string>,
): string {
  const server = direction === 'server';
  const name = server ? 'ServerEvent' : 'ClientEvent';
  const place = { direction, records };
  const nested = records
    .filter((record) => !apart.has(record.name))
    .map((record) => recordText(record, place));
  const kinds = all.map(({ type, about, data }) => {
    const body = `    @Override\n    public String type() {\n      return ${quote(type)};\n    }\n`;
    return recordText({ ...data, name: pascalCase(type), about }, place, { is: name, body });
  });
  const table = `
  /** The class of each kind. */
  Map<String, Class<? extends ServerEvent>> KINDS = Map.ofEntries(
${all.map(({ type }) => `      Map.entry(${quote(type)}, ${pascalCase(type)}.class)`).join(',\n')});

  /** Kinds that are numbered, stored and replayed. */
  Set<String> LOGGED = Set.of(
${Object.keys(loggedEvents)
  .map((kind) => `      ${quote(kind)}`)
  .join(',\n')});
`;
  const about = server
    ? 'What a gateway says: one record for each kind. What may be left out is {@code null} then.'
    : 'What a client says: one record for each kind. What is {@code null} is left out.';
  return file(
    imports,
    `/** ${about} */
public sealed interface ${name} {
  /** The kind, as it is called on the wire. */
  String type();
${server ? table : ''}
${[...nested, ...kinds].join('\n')}}
`,
  );
}

/** Records that are told apart by their \`type\`. */
function choiceText(name: string, choice: Choice): string {
  const kinds = choice.map(({ tag, model }) =>
    recordText({ ...model, name: pascalCase(tag) }, { direction: 'client', records: [] }, { is: name }),
  );
  const tags = choice.map(
    ({ tag }) => `  @JsonSubTypes.Type(value = ${name}.${pascalCase(tag)}.class, name = ${quote(tag)})`,
  );
  return file(
    imports,
    `/** ${choice.map(({ tag }) => pascalCase(tag)).join(', ')}: a piece of what is said. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
${tags.join(',\n')}
})
public sealed interface ${name} {
${kinds.join('\n')}}
`,
  );
}

/** A record that programs make: it starts empty, and each \`with…\` gives a copy. */
function settings(model: RecordModel, records: RecordModel[]): string {
  const list = components(model, { direction: 'client', records });
  const names = model.fields.map(({ name }) => camelCase(name));
  const withers = model.fields.map(({ name }, index) => {
    const field = camelCase(name);
    const type = list[index]?.match(/@Nullable (.*) \w+$/)?.[1];
    return `
  public ${model.name} with${pascalCase(name)}(@Nullable ${type} ${field}) {
    return new ${model.name}(
        ${names.join(', ')});
  }
`;
  });
  return file(
    imports,
    `/** What a new session is made with; {@code null} is what the gateway's configuration says. */
public record ${model.name}(
${list.map((component) => `    ${component}`).join(',\n')}) {
  /** Nothing is asked for. */
  public static final ${model.name} EMPTY =
      new ${model.name}(${names.map(() => 'null').join(', ')});
${withers.join('')}}
`,
  );
}

function wordsText({ name, values }: WordSet): string {
  const constants = values.map((value) => `  ${constantName(value)}(${quote(value)})`);
  return `${warning}
package ${packageName};

import com.fasterxml.jackson.annotation.JsonValue;

/** ${values.join(', ')}. */
public enum ${name} {
${constants.join(',\n')};

  private final String wire;

  ${name}(String wire) {
    this.wire = wire;
  }

  /** The word on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}
`;
}

function errorCodesText(): string {
  const entries = Object.entries(errorCodes).map(
    ([code, { when, remedy, retryable }]) => `  /** ${when} */\n  ${code}(${quote(remedy)}, ${retryable})`,
  );
  return `${warning}
package ${packageName};

import java.util.Arrays;
import java.util.Optional;

/** Codes of errors that cross the wire. A newer gateway may have others. */
public enum ErrorCode {
${entries.join(',\n')};

  private final String remedy;
  private final boolean retryable;

  ErrorCode(String remedy, boolean retryable) {
    this.remedy = remedy;
    this.retryable = retryable;
  }

  /** The entry of a code, if this version knows it. */
  public static Optional<ErrorCode> of(String code) {
    return Arrays.stream(values()).filter(entry -> entry.name().equals(code)).findFirst();
  }

  /** What to do about it, in words for people. */
  public String remedy() {
    return remedy;
  }

  /** Whether the same request may be tried again. */
  public boolean retryable() {
    return retryable;
  }
}
`;
}

function constants(): string {
  const stays = Object.values(closeCodes)
    .filter(({ reconnect }) => !reconnect)
    .map(({ code }) => code);
  return file(
    imports,
    `/** The stable numbers and names of the protocol. */
public final class Protocol {
  public static final String VERSION = ${quote(protocolVersion)};
  public static final String SUBPROTOCOL = ${quote(subprotocol)};

  /** WebSocket close codes after which a client stays away; all others are a lost link. */
  public static final Set<Integer> FINAL_CLOSE_CODES = Set.of(${stays.join(', ')});

  private Protocol() {}
}
`,
  );
}

/** The generated files of the Java SDK, by their path below `sdks/java`. */
export function javaFiles(): Record<string, string> {
  const [server, client] = [protocolModel('server'), protocolModel('client')];
  const config = client.records.find(({ name }) => name === 'SessionConfig');
  if (!config) throw new Error('init has no config: the Java SDK makes SessionConfig of it');
  const tagged = [...server.records, ...client.records].filter(tagOf).map(({ name }) => name);
  const apart = new Set([config.name, ...tagged]);
  const files: Record<string, string> = {
    ServerEvent: events('server', server, apart),
    ClientEvent: events('client', client, apart),
    SessionConfig: settings(config, client.records),
    ErrorCode: errorCodesText(),
    Protocol: constants(),
  };
  for (const [name, choice] of choices) files[name] = choiceText(name, choice);
  for (const set of words.values()) files[set.name] = wordsText(set);
  const folder = `src/main/java/${packageName.replaceAll('.', '/')}`;
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}.java`, text]));
}
