import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clientEnvelope,
  clientEvents,
  decodeClientFrame,
  decodeServerFrame,
  encode,
  serverEvents,
} from '../src/index.ts';

const frame = (type: string, data: unknown, rest: Record<string, unknown> = {}) =>
  JSON.stringify({ version: 'aep/v1', event: { type, data }, ...rest });

/** The smallest data of each kind a client may send. */
const smallest: Record<keyof typeof clientEvents, Record<string, unknown>> = {
  init: { version: 'aep/v1', worker_type: 'demo' },
  input: { content: 'hello' },
  'input.edit': { input_id: 'a', content: 'b' },
  'input.cancel': { input_id: 'a' },
  permission_response: { id: 'a', allowed: true },
  question_response: { id: 'a', answers: { colour: 'red', fruits: ['apple'] } },
  elicitation_response: { id: 'a', action: 'accept' },
  worker_command: { command: 'compact' },
  control: { action: 'interrupt' },
  ping: {},
};

describe('frames from clients', () => {
  test.each(Object.entries(smallest))('[F3] %s needs nothing but its data', (type, data) => {
    expect(decodeClientFrame(frame(type, data))).toMatchObject({
      outcome: 'event',
      envelope: { id: '', seq: 0, session_id: '', event: { type, data } },
    });
  });

  test('[F3] fields of strict peers and unknown fields are taken and skipped', () => {
    const decoded = decodeClientFrame(
      frame('ping', { extra: 1 }, { id: 'evt_1', seq: 7, session_id: 's', timestamp: 5, trace: 'x' }),
    );
    expect(decoded).toEqual({
      outcome: 'event',
      envelope: {
        version: 'aep/v1',
        id: 'evt_1',
        seq: 7,
        session_id: 's',
        timestamp: 5,
        event: { type: 'ping', data: {} },
      },
    });
  });

  test('[F4] every wrong field is named, with the offender', () => {
    const decoded = decodeClientFrame(
      frame('permission_response', { id: 5, allowed: 'yes' }, { id: 'evt_9' }),
    );
    expect(decoded).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'INVALID_MESSAGE', eventId: 'evt_9' },
    });
    const fields = decoded.outcome === 'refused' ? decoded.refusal.fields.map(({ field }) => field) : [];
    expect(fields).toEqual(['event.data.id', 'event.data.allowed']);
  });

  test.each(['', 'null', '[]', '5', '{', '{"version":"aep/v1"}', '{"version":"aep/v1","event":{"type":""}}'])(
    '[F4] %j is refused, not thrown at',
    (text) => {
      expect(decodeClientFrame(text)).toMatchObject({
        outcome: 'refused',
        refusal: { code: 'INVALID_MESSAGE' },
      });
    },
  );

  test('[F4] no text makes the decoder throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) =>
        ['event', 'ignored', 'refused'].includes(decodeClientFrame(text).outcome),
      ),
    );
  });

  test('[F5] extension kinds are skipped, unknown and server kinds refused', () => {
    expect(decodeClientFrame(frame('custom.mine', {}))).toEqual({
      outcome: 'ignored',
      type: 'custom.mine',
      seq: 0,
    });
    expect(decodeClientFrame(frame('vendor.x', {}))).toEqual({
      outcome: 'ignored',
      type: 'vendor.x',
      seq: 0,
    });
    for (const type of ['nonsense', 'done', 'message', '__proto__', 'constructor']) {
      expect(decodeClientFrame(frame(type, {}))).toMatchObject({
        outcome: 'refused',
        refusal: { code: 'PROTOCOL_VIOLATION', message: `unknown event type: ${type}` },
      });
    }
  });

  test('[F4] keys that reach a prototype and bottomless nesting are refused', () => {
    expect(
      decodeClientFrame('{"version":"aep/v1","event":{"type":"ping","data":{"__proto__":{"a":1}}}}').outcome,
    ).toBe('refused');
    expect(
      decodeClientFrame(
        frame('input', { content: 'x', metadata: JSON.parse(`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`) }),
      ).outcome,
    ).toBe('refused');
  });

  test('[H7] another version is named as such', () => {
    expect(decodeClientFrame('{"version":"aep/v2","event":{"type":"ping"}}')).toMatchObject({
      refusal: { code: 'VERSION_MISMATCH' },
    });
  });
});

describe('frames from gateways', () => {
  test('[F5] a newer kind is skipped, and its number is told', () => {
    const newer = frame('hologram', { x: 1 }, { seq: 7 });
    expect(decodeServerFrame(newer)).toEqual({ outcome: 'ignored', type: 'hologram', seq: 7 });
  });

  test('[F2] [F1] what is sent is one line that any reader keeps whole', () => {
    const text = encode(
      clientEnvelope(
        { type: 'input', data: { content: 'a\u2028b\u2029c\n' } },
        { id: 'evt_1', sessionId: 's', timestamp: 1 },
      ),
    );
    expect(text).not.toMatch(/[\u2028\u2029\n]/);
    expect(decodeClientFrame(text)).toMatchObject({
      outcome: 'event',
      envelope: { seq: 1, event: { data: { content: 'a\u2028b\u2029c\n' } } },
    });
  });

  test('[E1] [F7] every kind says what it is for', () => {
    for (const [kind, { about }] of Object.entries({ ...clientEvents, ...serverEvents }))
      expect(about, kind).toMatch(/\.$/);
    expect(Object.keys(serverEvents)).toEqual(
      expect.arrayContaining([
        'message.start',
        'message.delta',
        'message.end',
        'message',
        'reasoning',
        'tool_call',
        'tool_update',
        'tool_result',
        'step',
        'raw',
        'plan',
        'permission_request',
        'question_request',
        'elicitation_request',
        'context_usage',
        'mcp_status',
        'skills_list',
        'state',
        'error',
        'done',
        'session.title',
        'worker.notice',
        'resync',
        'pong',
        'control',
        'init_ack',
      ]),
    );
  });
});
