import type { FieldProblem } from './field-problems.ts';

/**
 * The form of a value as plain data, small enough for a page: an object names its fields, those that may be missing with
 * a `?` behind. `open` keeps the fields that are not named; without it they are left out.
 */
export type Shape =
  | 'string'
  | 'number'
  | 'int'
  | 'boolean'
  | 'unknown'
  | { readonly [field: string]: Shape }
  | readonly ['enum', ...string[]]
  | readonly ['anyOf', ...Shape[]]
  | readonly ['list' | 'record' | 'nullable' | 'open', Shape];

/** Why a value has not the form that was asked for. */
export class Mismatch {
  readonly problem: FieldProblem;

  constructor(field: string, problem: string) {
    this.problem = { field, problem };
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A parsed JSON value in a shape: a copy of what the shape names, or the first field that is wrong. */
export function readShape(shape: Shape, value: unknown, field: string): unknown {
  if (typeof shape === 'string') {
    return isScalar(shape, value) ? value : new Mismatch(field, `must be ${shape}`);
  }
  if (!isCombined(shape)) return readFields(shape, value, field);
  const [kind, ...parts] = shape;
  switch (kind) {
    case 'enum':
      return shape.includes(value as string, 1)
        ? value
        : new Mismatch(field, `must be one of ${parts.join(', ')}`);
    case 'anyOf':
      return readAnyOf(shape, value, field);
    case 'nullable':
      return value === null ? null : readShape(shape[1], value, field);
    case 'list':
      return Array.isArray(value)
        ? readEach(shape[1], Object.entries(value), field, [])
        : new Mismatch(field, 'must be a list');
    case 'record':
      return isObject(value)
        ? readEach(shape[1], Object.entries(value), field, {})
        : new Mismatch(field, 'must be an object');
    case 'open': {
      const named = readShape(shape[1], value, field);
      return named instanceof Mismatch ? named : { ...withoutPrototype(value), ...(named as object) };
    }
  }
}

function isCombined(shape: Exclude<Shape, string>): shape is Extract<Shape, readonly unknown[]> {
  return Array.isArray(shape);
}

function isScalar(shape: Extract<Shape, string>, value: unknown): boolean {
  if (shape === 'unknown') return true;
  if (shape === 'int') return Number.isSafeInteger(value);
  // JSON has no infinity, but a number with a large exponent becomes one.
  return shape === 'number' ? Number.isFinite(value) : typeof value === shape;
}

function readFields(shape: { readonly [field: string]: Shape }, value: unknown, field: string): unknown {
  if (!isObject(value)) return new Mismatch(field, 'must be an object');
  const read: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(shape)) {
    const name = key.endsWith('?') ? key.slice(0, -1) : key;
    if (value[name] === undefined) {
      if (name !== key) continue;
      return new Mismatch(`${field}.${name}`, 'is required');
    }
    const inner = readShape(part, value[name], `${field}.${name}`);
    if (inner instanceof Mismatch) return inner;
    read[name] = inner;
  }
  return read;
}

function readEach(
  shape: Shape,
  entries: [string, unknown][],
  field: string,
  read: unknown[] | Record<string, unknown>,
): unknown {
  for (const [key, value] of entries) {
    if (key === '__proto__') continue;
    const inner = readShape(shape, value, `${field}.${key}`);
    if (inner instanceof Mismatch) return inner;
    Object.assign(read, { [key]: inner });
  }
  return read;
}

function readAnyOf([, ...shapes]: readonly ['anyOf', ...Shape[]], value: unknown, field: string): unknown {
  for (const shape of shapes) {
    const read = readShape(shape, value, field);
    if (!(read instanceof Mismatch)) return read;
  }
  return new Mismatch(field, 'has none of the allowed shapes');
}

function withoutPrototype(value: unknown): object {
  return Object.fromEntries(Object.entries(value as object).filter(([key]) => key !== '__proto__'));
}
