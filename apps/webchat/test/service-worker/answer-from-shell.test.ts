import { expect, test } from 'vitest';
import { answerFromShell } from '../../service-worker/answer-from-shell.ts';

const origin = 'https://hotplex.example';

/** A network that can be cut, and a cache that notes what it is given. */
function openWorker(kept: Readonly<Record<string, string>> = {}) {
  const cache = new Map(Object.entries(kept));
  const pathOf = (key: RequestInfo | URL) => new URL(key instanceof Request ? key.url : key, origin).pathname;
  const network = { isCut: false, asked: [] as string[] };
  const ask = (path: string, init: { mode?: string; method?: string } = {}) => {
    const { method = 'GET', mode = 'cors' } = init;
    // Node makes no request of the mode `navigate`.
    const request = Object.defineProperty(new Request(new URL(path, origin), { method }), 'mode', {
      value: mode,
    });
    return answerFromShell(request, {
      origin,
      fetch: async (asked) => {
        network.asked.push(pathOf(asked));
        if (network.isCut) throw new TypeError('Failed to fetch');
        return new Response(`new ${pathOf(asked)}`);
      },
      open: async () => ({
        match: async (key) => {
          const text = cache.get(pathOf(key));
          return text === undefined ? undefined : new Response(text);
        },
        put: async (key, answer) => void cache.set(pathOf(key), await answer.text()),
      }),
    });
  };
  return { ask, network, cache };
}

const navigate = { mode: 'navigate' };
const textOf = async (answer: Promise<Response> | undefined) => (await answer)?.text();

test('the page comes from the gateway whenever that answers, and from the cache only without a network', async () => {
  const { ask, network } = openWorker({ '/': 'kept /' });
  expect(await textOf(ask('/?s=1', navigate))).toBe('new /');
  network.isCut = true;
  expect(await textOf(ask('/?s=1', navigate))).toBe('kept /');
});

test('without a network and without a kept page the browser says so itself', async () => {
  const { ask, network } = openWorker();
  network.isCut = true;
  await expect(ask('/', navigate)).rejects.toThrow('Failed to fetch');
});

test('a file with a hash in its name is fetched once', async () => {
  const { ask, network, cache } = openWorker();
  const path = '/_next/static/chunks/a.js';
  expect(await textOf(ask(path))).toBe(`new ${path}`);
  expect(cache.has(path)).toBe(true);
  expect(await textOf(ask(path))).toBe(`new ${path}`);
  expect(network.asked).toEqual([path]);
});

test('what the gateway says is neither kept nor answered from a cache', () => {
  const { ask, cache } = openWorker();
  for (const path of ['/api/sessions', '/api/auth/refresh', '/health', '/openapi.json', '/ws'])
    expect(ask(path)).toBeUndefined();
  expect(ask('/docs/', navigate)).toBeUndefined();
  expect(ask('/', { method: 'POST', mode: 'cors' })).toBeUndefined();
  expect(ask('https://elsewhere.example/_next/static/a.js')).toBeUndefined();
  expect(cache.size).toBe(0);
});
