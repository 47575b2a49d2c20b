/** Frames of a scenario that were given a name, and other values that its steps may refer to. */
export type Named = Map<string, unknown>;

/** A value with every `${name.path}` in its strings replaced. A string that is one reference becomes its value. */
export function resolve(value: unknown, named: Named): unknown {
  if (typeof value === 'string') {
    const whole = /^\$\{([^}]+)\}$/.exec(value)?.[1];
    if (whole !== undefined) return lookUp(whole, named);
    return value.replaceAll(/\$\{([^}]+)\}/g, (_, path: string) => String(lookUp(path, named)));
  }
  if (Array.isArray(value)) return value.map((item) => resolve(item, named));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, named)]));
}

function lookUp(path: string, named: Named): unknown {
  const [name = '', ...keys] = path.split('.');
  if (!named.has(name)) throw new Error(`nothing is called ${name}`);
  return keys.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    named.get(name),
  );
}

/** `{"$any": value}` stands for any value: the sender sends `value`, the receiver takes whatever comes. */
function wildcard(value: unknown): { example: unknown } | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, '$any')) return undefined;
  return { example: Reflect.get(value, '$any') };
}

/** What is sent for a value: wildcards become their examples. */
export function concrete(value: unknown): unknown {
  const any = wildcard(value);
  if (any) return any.example;
  if (Array.isArray(value)) return value.map(concrete);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, concrete(item)]));
}

/** The first place where `actual` does not have what `wanted` asks for; further members are allowed. */
export function mismatch(wanted: unknown, actual: unknown, path = 'data'): string | undefined {
  if (wildcard(wanted)) return actual === undefined ? `${path} is missing` : undefined;
  if (typeof wanted !== 'object' || wanted === null) {
    if (wanted === actual) return undefined;
    return `${path} is ${JSON.stringify(actual)}, not ${JSON.stringify(wanted)}`;
  }
  if (Array.isArray(wanted) && (!Array.isArray(actual) || actual.length !== wanted.length))
    return `${path} is ${JSON.stringify(actual)}, not ${JSON.stringify(wanted)}`;
  if (typeof actual !== 'object' || actual === null) return `${path} is ${JSON.stringify(actual)}`;
  for (const [key, item] of Object.entries(wanted)) {
    const problem = mismatch(item, Reflect.get(actual, key), `${path}.${key}`);
    if (problem) return problem;
  }
  return undefined;
}
