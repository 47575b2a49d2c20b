import { SessionsApi } from '@hotplex/client-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { openSchemathesis, type Schemathesis } from '../support/open-schemathesis.ts';
import { openOperators } from '../support/operators.ts';
import { apiKey, type RunningGateway, startGateway } from '../support/start-gateway.ts';

type Parameter = { in: string; name: string; schema: object };
type Document = {
  paths: Record<string, Record<string, { parameters?: Parameter[]; security?: unknown }>>;
};

/** Seconds on a machine of one’s own; here it may have others to wait for. */
const timeout = 240_000;
let gateway: RunningGateway;
let operators: Awaited<ReturnType<typeof openOperators>>;
let fuzzer: Schemathesis;
/** What there is to ask for. */
let known: Record<string, string>;

beforeAll(async () => {
  operators = await openOperators();
  [gateway, fuzzer] = await Promise.all([startGateway({ env: operators.env }), openSchemathesis()]);
  const { id } = await new SessionsApi({ url: gateway.url, auth: apiKey }).create({ workerType: 'demo' });
  const uploaded = await fetch(`${gateway.url}/api/sessions/${id}/files?name=a.txt`, {
    ...{ method: 'POST', headers: { 'x-api-key': apiKey }, body: 'words' },
  });
  known = { id, file_id: ((await uploaded.json()) as { id: string }).id };
  // Most of it is the installation of the fuzzer.
}, timeout);
afterAll(async () => {
  fuzzer[Symbol.dispose]();
  await gateway[Symbol.asyncDispose]();
});

/** The description as it is served, with what there is to ask for in the place of any id, and no way to sign in. */
async function describedAt(port: number, token: string): Promise<Document> {
  const { body } = await ask(port, '/openapi.json', { headers: { authorization: `Bearer ${token}` } });
  const document = JSON.parse(body) as Document;
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      delete operation.security;
      // What is ended or deleted by its id is not there for the others.
      const isEnd = method === 'delete' || path.endsWith('/terminate');
      for (const parameter of operation.parameters ?? []) {
        const value = known[parameter.name];
        if (parameter.in === 'path' && value !== undefined)
          parameter.schema = { type: 'string', enum: isEnd ? ['unknown'] : [value, 'unknown'] };
      }
    }
  }
  return document;
}

test('[G12] the API does what its description says, whatever it is asked', { timeout }, async () => {
  const document = await describedAt(gateway.port, apiKey);
  const exclude = [
    // A stream has no end, and wrong codes lock out who guesses.
    '/api/sessions/{id}/stream',
    '/api/auth/sign-in',
    '/api/auth/refresh',
    // A key gets no further than the door there; at their port, below, they are asked in earnest.
    ...Object.keys(document.paths).filter((path) => path.startsWith('/api/admin/')),
  ];
  expect(await fuzzer.fuzz({ document, url: gateway.url, token: apiKey, exclude })).toBe('');
});

test('[A7] [G12] and so does the API of operators', { timeout }, async () => {
  const { HOTPLEX_ADMIN_ADDR: address, HOTPLEX_ADMIN_TOKEN: token } = operators.env;
  const document = await describedAt(Number(address.split(':')[1]), token);
  // After that nothing else is answered as it was.
  const exclude = ['/admin/drain'];
  expect(await fuzzer.fuzz({ document, url: `http://${address}`, token, exclude })).toBe('');
});
