import * as z from 'zod/mini';
import { clientEvents, serverEvents } from './events.ts';
import { protocolVersion } from './version.ts';

type Table = Record<string, { about: string; data: z.ZodMiniType }>;

function eventSchemas(table: Table) {
  return Object.entries(table).map(([type, { about, data }]) => {
    const { $schema: _, ...schema } = z.toJSONSchema(data, { io: 'input' });
    return {
      type: 'object',
      title: type,
      description: about,
      properties: { type: { const: type }, data: schema },
      required: ['type', 'data'],
    };
  });
}

/** The whole protocol as one JSON Schema (2020-12): what SDKs in other languages are generated from. */
export function jsonSchema(): Record<string, unknown> {
  const envelope = (direction: string) => ({
    type: 'object',
    properties: {
      version: { const: protocolVersion },
      id: { type: 'string', pattern: '^evt_' },
      seq: { type: 'integer', minimum: 0 },
      priority: { enum: ['control', 'data'] },
      session_id: { type: 'string' },
      timestamp: { type: 'integer' },
      turn_id: { type: 'string' },
      event: { $ref: `#/$defs/${direction}Event` },
    },
    required: ['version', 'id', 'seq', 'session_id', 'timestamp', 'event'],
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'AEP v1',
    oneOf: [{ $ref: '#/$defs/clientEnvelope' }, { $ref: '#/$defs/serverEnvelope' }],
    $defs: {
      clientEnvelope: envelope('client'),
      serverEnvelope: envelope('server'),
      clientEvent: { oneOf: eventSchemas(clientEvents) },
      serverEvent: { oneOf: eventSchemas(serverEvents) },
    },
  };
}
