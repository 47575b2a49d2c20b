import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeServerFrame,
  isLoggedKind,
  loggedEvents,
  type ServerKind,
  serverEvents,
} from '../src/index.ts';
import { connectionShapes, loggedShapes } from '../src/server-shapes.ts';
import { Mismatch, readShape, type Shape } from '../src/shape.ts';

const shapes: Readonly<Record<ServerKind, Shape>> = { ...loggedShapes, ...connectionShapes };
const kinds = Object.keys(serverEvents) as ServerKind[];

/** No text: patterns of strings bind who writes, and this reader does not look at them. */
const anything = fc.jsonValue().filter((value) => typeof value !== 'string');

/** Values of a shape, and one in sixty that is anything. */
function near(shape: Shape): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 59, arbitrary: of(shape) }, { weight: 1, arbitrary: anything });
}

function of(shape: Shape): fc.Arbitrary<unknown> {
  if (shape === 'string') return fc.constantFrom('a', 'text', 'file:1');
  if (shape === 'number') return fc.double({ noNaN: true, noDefaultInfinity: true });
  if (shape === 'int')
    return fc.oneof(
      { weight: 19, arbitrary: fc.maxSafeInteger() },
      { weight: 1, arbitrary: fc.constantFrom(1.5, 2 ** 60) },
    );
  if (shape === 'boolean') return fc.boolean();
  if (shape === 'unknown') return fc.jsonValue();
  if (!isCombined(shape)) return fieldsOf(shape);
  const [kind, ...parts] = shape;
  if (kind === 'enum') return fc.constantFrom<unknown>(...parts);
  const inner = (parts as readonly Shape[]).map(near);
  const [first = fc.constant(null)] = inner;
  if (kind === 'list') return fc.array(first, { maxLength: 3 });
  if (kind === 'record') return fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'constructor'), first);
  if (kind === 'nullable') return fc.option(first);
  if (kind === 'open') return fc.tuple(fc.dictionary(fc.string(), fc.jsonValue()), first).map(merged);
  return fc.oneof(...inner);
}

const isCombined = (shape: Shape): shape is Extract<Shape, readonly unknown[]> => Array.isArray(shape);
const merged = ([more, named]: [object, unknown]) =>
  typeof named === 'object' ? { ...more, ...named } : named;

/** Named fields, most of them, and now and then one that nobody knows. */
function fieldsOf(shape: { readonly [field: string]: Shape }): fc.Arbitrary<unknown> {
  const model = Object.fromEntries(
    Object.entries(shape).map(([key, part]) => [key.replace('?', ''), near(part)] as const),
  );
  const required = Object.keys(shape).filter((key) => !key.endsWith('?'));
  const known: Record<string, fc.Arbitrary<unknown>> = { ...model, newer: fc.jsonValue() };
  const whole = fc.record(known, { requiredKeys: required });
  const holed = fc.record(model, { requiredKeys: [] });
  return fc.oneof({ weight: 39, arbitrary: whole }, { weight: 1, arbitrary: holed });
}

describe('the reader without a schema library', () => {
  test.each(kinds)('[F7] takes and refuses of %s what its schema does, and gives the same', (kind) => {
    let taken = 0;
    fc.assert(
      fc.property(near(shapes[kind]), (value) => {
        const data: unknown = JSON.parse(JSON.stringify(value));
        const read = readShape(shapes[kind], data, 'event.data');
        const parsed = serverEvents[kind].data.safeParse(data);
        if (parsed.success) taken += 1;
        expect(read instanceof Mismatch ? 'refused' : read).toEqual(parsed.success ? parsed.data : 'refused');
      }),
      { numRuns: 200 },
    );
    expect(taken).toBeGreaterThan(20);
  });

  test('[F7] calls those kinds logged that the event table does', () => {
    expect(kinds.filter(isLoggedKind)).toEqual(Object.keys(loggedEvents));
    expect(isLoggedKind('constructor')).toBe(false);
  });

  test.each(['', 'null', '[]', '5', '{', '{"version":"aep/v1"}', '{"version":"aep/v1","event":{"type":""}}'])(
    '[F4] %j is refused, not thrown at',
    (text) => {
      expect(decodeServerFrame(text)).toMatchObject({ refusal: { code: 'INVALID_MESSAGE' } });
    },
  );

  test('[F4] names the field that is wrong', () => {
    const event = { type: 'plan', data: { entries: [{ content: 'a', status: 'soon' }] } };
    expect(decodeServerFrame(JSON.stringify({ version: 'aep/v1', id: 'evt_1', event }))).toEqual({
      outcome: 'refused',
      refusal: {
        code: 'INVALID_MESSAGE',
        eventId: 'evt_1',
        message: 'event.data.entries.0.status must be one of pending, in_progress, completed',
        fields: [
          { field: 'event.data.entries.0.status', problem: 'must be one of pending, in_progress, completed' },
        ],
      },
    });
  });

  test('[F4] a number that JSON cannot hold is none', () => {
    const text = '{"version":"aep/v1","event":{"type":"control","data":{"action":"x","delay_ms":1e999}}}';
    expect(decodeServerFrame(text).outcome).toBe('refused');
  });

  test('[H7] another version is named as such', () => {
    expect(decodeServerFrame('{"version":"aep/v2","event":{"type":"done"}}')).toMatchObject({
      refusal: { code: 'VERSION_MISMATCH' },
    });
  });
});
