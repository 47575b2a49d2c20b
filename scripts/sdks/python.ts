import {
  clientControlAction,
  closeCodes,
  errorCodes,
  loggedEvents,
  protocolVersion,
  serverControlAction,
  sessionStates,
  subprotocol,
} from '../../packages/aep-protocol/src/index.ts';
import { type Field, pascalCase, protocolModel, type RecordModel, type Shape } from './protocol-model.ts';

const warning = '# Written by scripts/generate-sdks.ts from the event table. Changes are lost.';
const quote = (text: string) => JSON.stringify(text);
const docstring = (about: string) => `    """${about}"""\n`;

function type(shape: Shape): string {
  switch (shape.kind) {
    case 'string':
      return 'str';
    case 'boolean':
      return 'bool';
    case 'integer':
      return 'int';
    case 'number':
      return 'float';
    case 'null':
      return 'None';
    case 'any':
      return 'Any';
    case 'literal':
      return `Literal[${shape.values.map(quote).join(', ')}]`;
    case 'list':
      return `list[${type(shape.of)}]`;
    case 'map':
      return `dict[str, ${type(shape.of)}]`;
    case 'union':
      return shape.of.map(type).join(' | ');
    case 'record':
      return shape.name;
  }
}

function isNullable(shape: Shape): boolean {
  return shape.kind === 'any' || (shape.kind === 'union' && shape.of.some(({ kind }) => kind === 'null'));
}

/** What a gateway says becomes an object that was checked. */
function model({ name, about, fields, open }: RecordModel): string {
  const lines = fields.map(({ name: field, shape, required }: Field) => {
    const plain = field === 'from' ? 'from_' : field.replace(/^_/, '');
    const alias = plain === field ? '' : `alias=${quote(field)}`;
    if (required) return `    ${plain}: ${type(shape)}${alias ? ` = Field(${alias})` : ''}\n`;
    const optional = isNullable(shape) ? type(shape) : `Maybe[${type(shape)}]`;
    return `    ${plain}: ${optional} = ${alias ? `Field(default=None, ${alias})` : 'None'}\n`;
  });
  const body = (about ? `${docstring(about)}\n` : '') + lines.join('');
  return `class ${name}(${open ? 'OpenModel' : 'Model'}):\n${body || '    pass\n'}`;
}

/** What a client says is written as a dict. */
function typedDict({ name, about, fields }: RecordModel): string {
  const lines = fields.map(({ name: field, shape, required }) =>
    required ? `    ${field}: ${type(shape)}\n` : `    ${field}: NotRequired[${type(shape)}]\n`,
  );
  return `class ${name}(TypedDict):\n${(about ? `${docstring(about)}\n` : '') + lines.join('') || '    pass\n'}`;
}

function events(): string {
  const { events: all, records } = protocolModel('server');
  const classes = all.flatMap(({ type: kind, about, data }) => [
    model({ ...data, about }),
    `class ${pascalCase(kind)}Event(Model):\n    type: Literal[${quote(kind)}]\n    data: ${data.name}\n`,
  ]);
  const names = all.map(({ type: kind }) => `${pascalCase(kind)}Event`);
  return `${warning}
"""What a gateway says: one class for the data of each kind, and one for the event itself."""

from typing import Any, Final, Literal, Union

from pydantic import Field

from .model import Maybe, Model, OpenModel


${[...records.map(model), ...classes].join('\n\n')}

ServerEvent = Union[
${names.map((name) => `    ${name},\n`).join('')}]

EVENTS: Final[dict[str, type[ServerEvent]]] = {
${all.map(({ type: kind }) => `    ${quote(kind)}: ${pascalCase(kind)}Event,\n`).join('')}}
"""The class of each kind."""

LOGGED: Final[frozenset[str]] = frozenset(
    {
${Object.keys(loggedEvents)
  .map((kind) => `        ${quote(kind)},\n`)
  .join('')}    }
)
"""Kinds that are numbered, stored and replayed."""
`;
}

function requests(): string {
  const { events: all, records } = protocolModel('client');
  const classes = [...records, ...all.map(({ data }) => data)].map(typedDict);
  return `${warning}
"""What a client says, as dicts."""

from typing import Any, Literal

from typing_extensions import NotRequired, TypedDict


${classes.join('\n\n')}`;
}

function codes(): string {
  const literal = (values: readonly string[]) =>
    `Literal[\n${values.map((value) => `    ${quote(value)},\n`).join('')}]`;
  const entries = Object.entries(errorCodes).map(
    ([code, { remedy, retryable }]) =>
      `    ${quote(code)}: CodeEntry(\n        remedy=${quote(remedy)},\n        retryable=${retryable ? 'True' : 'False'},\n    ),\n`,
  );
  const stays = Object.values(closeCodes)
    .filter(({ reconnect }) => !reconnect)
    .map(({ code }) => code);
  return `${warning}
"""The stable words and numbers of the protocol."""

from typing import Final, Literal, NamedTuple

PROTOCOL_VERSION: Final = ${quote(protocolVersion)}
SUBPROTOCOL: Final = ${quote(subprotocol)}

SessionState = ${literal(sessionStates)}
ClientControlAction = ${literal(clientControlAction.options)}
ServerControlAction = ${literal(serverControlAction.options)}
ErrorCode = ${literal(Object.keys(errorCodes))}


class CodeEntry(NamedTuple):
    """What to do about an error, and whether the same request may be tried again."""

    remedy: str
    retryable: bool


ERROR_CODES: Final[dict[str, CodeEntry]] = {
${entries.join('')}}

FINAL_CLOSE_CODES: Final[frozenset[int]] = frozenset({${stays.join(', ')}})
"""WebSocket close codes after which a client stays away; all others are a lost link."""
`;
}

/** The generated files of the Python SDK, by their path below `sdks/python`. */
export function pythonFiles(): Record<string, string> {
  const folder = 'src/hotplex';
  return {
    [`${folder}/codes.py`]: codes(),
    [`${folder}/events.py`]: events(),
    [`${folder}/requests.py`]: requests(),
  };
}
