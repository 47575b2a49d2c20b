const forbidden = new Set(['__proto__', 'constructor', 'prototype']);
const maxDepth = 64;

/** Why a parsed value from outside is not taken: nested too deep, or with keys that could reach a prototype. */
export function unsafeJson(value: unknown): string | undefined {
  const stack: { value: unknown; depth: number }[] = [{ value, depth: 1 }];
  for (let item = stack.pop(); item; item = stack.pop()) {
    if (typeof item.value !== 'object' || item.value === null) continue;
    if (item.depth > maxDepth) return `nested deeper than ${maxDepth} levels`;
    for (const [key, child] of Object.entries(item.value)) {
      if (forbidden.has(key)) return `the key ${key} is not allowed`;
      stack.push({ value: child, depth: item.depth + 1 });
    }
  }
  return undefined;
}
