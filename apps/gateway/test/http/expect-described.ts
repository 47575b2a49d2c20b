import { expect } from 'vitest';
import { z } from 'zod';
import type { describeApi } from '../../src/http/describe-api.ts';

type Document = ReturnType<typeof describeApi>;
type Answered = { method: string; path: string; status: number; body: unknown };

/** Whether an answer is one that the description of the API knows, and has the shape that it says. */
export function expectDescribed(document: Document, { method, path, status, body }: Answered): void {
  const plain = path.split('?')[0] ?? '';
  // A path without parameters goes before one that has some.
  const templates = Object.keys(document.paths ?? {}).toSorted(
    (a, b) => a.split('{').length - b.split('{').length,
  );
  const template = templates.find((known) =>
    new RegExp(`^${known.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(plain),
  );
  const operation = template && document.paths?.[template]?.[method.toLowerCase() as 'get'];
  if (!operation) {
    expect([401, 403, 404, 405]).toContain(status);
    return;
  }
  const response = operation.responses?.[status];
  expect(response, `${method} ${template} answers ${status}`).toBeDefined();
  const schema = response?.content?.['application/json']?.schema;
  if (schema === undefined) return;
  const named = JSON.stringify({ ...schema, $defs: document.components?.schemas });
  const parsed = z
    .fromJSONSchema(JSON.parse(named.replaceAll('#/components/schemas/', '#/$defs/')))
    .safeParse(body);
  expect(parsed.error?.issues ?? [], `${method} ${template} ${status}`).toEqual([]);
}
