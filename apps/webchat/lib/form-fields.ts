/** A field of a simple JSON Schema form. */
export type FormField = {
  name: string;
  label: string;
  hint: string | undefined;
  required: boolean;
  initial: string | boolean;
} & (
  | { kind: 'text' | 'number' | 'integer' | 'boolean' }
  | { kind: 'choice'; options: { value: string; label: string }[] }
);

type Schema = Record<string, unknown>;

/** The fields of an MCP elicitation schema: a flat object of texts, numbers, yes/no and choices; other fields become text. */
export function formFields(schema: Schema | undefined): FormField[] {
  const required = Array.isArray(schema?.required) ? schema.required : [];
  return Object.entries(asSchema(schema?.properties)).map(([name, value]) => {
    const property = asSchema(value);
    const shared = {
      name,
      label: asText(property.title) ?? name,
      hint: asText(property.description),
      required: required.includes(name),
      initial: typeof property.default === 'boolean' ? property.default : String(property.default ?? ''),
    };
    const options = choicesOf(property);
    if (options.length > 0) return { ...shared, kind: 'choice', options };
    const { type } = property;
    const kind = type === 'number' || type === 'integer' || type === 'boolean' ? type : 'text';
    return { ...shared, kind, initial: kind === 'boolean' ? property.default === true : shared.initial };
  });
}

/** What is sent for what was entered; empty optional fields are left out. */
export function toFormContent(
  fields: readonly FormField[],
  values: Record<string, string | boolean>,
): Schema {
  const content: Schema = {};
  for (const field of fields) {
    const value = values[field.name] ?? field.initial;
    if (value === '') continue;
    const numeric = field.kind === 'number' || field.kind === 'integer';
    content[field.name] = numeric ? Number(value) : value;
  }
  return content;
}

function choicesOf(property: Schema): { value: string; label: string }[] {
  if (Array.isArray(property.enum)) {
    const names = Array.isArray(property.enumNames) ? property.enumNames : [];
    return property.enum.map((value, index) => ({
      value: String(value),
      label: String(names[index] ?? value),
    }));
  }
  if (Array.isArray(property.oneOf)) {
    return property.oneOf.map(asSchema).map((entry) => ({
      value: String(entry.const),
      label: asText(entry.title) ?? String(entry.const),
    }));
  }
  return [];
}

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? (value as Schema) : {};
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
