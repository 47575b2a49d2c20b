import { z } from 'zod';
import { configSchema } from './config-schema.ts';

/** The configuration file as JSON Schema (draft 2020-12), for editors. */
export function configJsonSchema(): object {
  const schema = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });
  const inherits = {
    description: 'Files, by paths relative to this one, over which this one goes.',
    anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
  };
  return { ...schema, title: 'Configuration of HotPlex', properties: { inherits, ...schema.properties } };
}
