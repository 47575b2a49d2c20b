import type * as z from 'zod/mini';
import type { Shape } from '../src/shape.ts';

/**
 * A schema as plain data, for readers that do without zod. Lengths and patterns of strings are left out: they bind who
 * writes. Throws for a kind of schema that the reader does not know.
 */
export function toShape(schema: z.core.$ZodType): Shape {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'string':
    case 'boolean':
    case 'unknown':
      return def.type;
    case 'number':
      return 'format' in def && def.format === 'safeint' ? 'int' : 'number';
    case 'enum':
      return ['enum', ...Object.values(def.entries).map(String)];
    case 'literal':
      return ['enum', ...def.values.map(String)];
    case 'nullable':
      return ['nullable', toShape(def.innerType)];
    case 'array':
      return ['list', toShape(def.element)];
    case 'record':
      return ['record', toShape(def.valueType)];
    case 'union':
      return toUnion(def.options.map(toShape));
    case 'object': {
      const fields = Object.fromEntries(Object.entries(def.shape).map(toField));
      return def.catchall ? ['open', fields] : fields;
    }
    default:
      throw new Error(`no shape is known for a schema of type ${def.type}: teach src/shape.ts to read one`);
  }
}

function toField([name, schema]: [string, z.core.$ZodType]): [string, Shape] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return def.type === 'optional' ? [`${name}?`, toShape(def.innerType)] : [name, toShape(schema)];
}

/** Where every string will do, the words that are known beside it say nothing. */
function toUnion(shapes: Shape[]): Shape {
  const isWords = (shape: Shape) => Array.isArray(shape) && shape[0] === 'enum';
  const distinct = shapes.includes('string') ? shapes.filter((shape) => !isWords(shape)) : shapes;
  return distinct.length === 1 && distinct[0] ? distinct[0] : ['anyOf', ...distinct];
}
