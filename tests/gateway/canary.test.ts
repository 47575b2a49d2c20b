import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AepClient } from '@hotplex/client-sdk';
import { expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { openOidcProvider } from '../support/oidc-provider.ts';
import { freePort, openOperators } from '../support/operators.ts';
import { openPlainBrowser } from '../support/plain-browser.ts';
import { runCli } from '../support/run-cli.ts';
import { apiKey, startGateway } from '../support/start-gateway.ts';

/** What every process below this one was started with: its arguments and its environment. */
function startedWith(parent: number): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const children = pids.filter((pid) => {
    const stat = tryRead(`/proc/${pid}/stat`);
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
  });
  return children.flatMap((pid) => [
    tryRead(`/proc/${pid}/cmdline`),
    tryRead(`/proc/${pid}/environ`),
    ...startedWith(Number(pid)),
  ]);
}

/** Empty for a process that is gone. */
function tryRead(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** What was planted, by what it is. */
const secrets: Record<string, string> = {
  'API key': apiKey,
  'variable of the operator': 'canary-variable-0123456789abcdef',
  'key of a model': 'sk-ant-canary-0123456789abcdef',
  'secret of the provider’s client': 'canary-client-secret-0123456789abcdef',
  'wrong key': 'canary-wrong-key-0123456789abcdef0123456789',
  prompt: 'canary-words-of-a-prompt',
};
/** Where they are looked for. */
const seen: Record<string, string> = {};

test('[L1] [L2] [E3] [J9] planted secrets are in no log, audit record, database, status, error, argument or child’s environment', async () => {
  const operators = await openOperators();
  secrets['admin token'] = operators.env.HOTPLEX_ADMIN_TOKEN;
  const port = await freePort();
  const client = {
    ...{ clientId: 'hotplex', clientSecret: secrets['secret of the provider’s client'] ?? '' },
    redirectUri: `http://127.0.0.1:${port}/api/auth/oidc/callback`,
  };
  await using provider = await openOidcProvider({ ada: {} }, client);
  let logged = '';
  const env = {
    ...operators.env,
    HOTPLEX_GATEWAY_ADDR: `127.0.0.1:${port}`,
    HOTPLEX_LOG_LEVEL: 'debug',
    CANARY_OF_THE_OPERATOR: secrets['variable of the operator'] ?? '',
    ANTHROPIC_API_KEY: secrets['key of a model'] ?? '',
    HOTPLEX_OIDC_ISSUER: provider.issuer,
    HOTPLEX_OIDC_PRIVATE_HOSTS: new URL(provider.issuer).host,
    HOTPLEX_OIDC_CLIENT_ID: client.clientId,
    HOTPLEX_OIDC_CLIENT_SECRET: client.clientSecret,
    HOTPLEX_OIDC_REDIRECT_URI: client.redirectUri,
    HOTPLEX_OIDC_ALLOWED_DOMAINS: '*',
  };
  await using gateway = await startGateway({
    env,
    onLog: (text) => {
      logged += text;
    },
  });
  const cli = (...args: string[]) =>
    runCli(args, {
      home: gateway.workDir,
      env: { ...env, HOTPLEX_DB_PATH: join(gateway.dataDir, 'hotplex.db') },
    });
  const post = async (path: string, headers: Record<string, string>, body: object) => {
    const answer = await fetch(`${gateway.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: gateway.url, ...headers },
      body: JSON.stringify(body),
    });
    return { text: await answer.text(), cookie: answer.headers.get('set-cookie') ?? '' };
  };

  // Somebody signs in, gets a ticket, guesses wrong and prompts; each way leaves its traces.
  const code = gateway.signInLink.split('#code=')[1] ?? '';
  const signedIn = await post('/api/auth/sign-in', {}, { code });
  const { access_token: token } = JSON.parse(signedIn.text);
  const bearer = { authorization: `Bearer ${token}` };
  const { ticket } = JSON.parse((await post('/api/auth/ticket', bearer, {})).text);
  Object.assign(secrets, { 'sign-in code': code, 'access token': token, ticket });
  secrets['refresh token'] = /=([^;]+)/.exec(signedIn.cookie)?.[1] ?? '';

  // So does somebody with an account of the provider, once as it should be and once with the provider broken.
  const browser = openPlainBrowser();
  provider.user = 'ada';
  await browser.follow(`${gateway.url}/api/auth/oidc/start`);
  secrets['refresh token by the provider'] = browser.cookies(gateway.url).get('hotplex_refresh') ?? '';
  provider.isBroken = true;
  await openPlainBrowser().follow(`${gateway.url}/api/auth/oidc/start`);
  for (const [index, given] of provider.tokens.entries()) secrets[`token ${index} of the provider`] = given;
  expect(provider.tokens.length).toBeGreaterThanOrEqual(2);

  const stored = (await cli('keys', 'create', 'canary')).out.trim();
  const made = await post('/api/sessions', { 'x-api-key': stored }, { worker_type: 'demo' });
  secrets['stored API key'] = stored.slice(-43);
  const wrong = { 'x-api-key': secrets['wrong key'] ?? '' };
  seen.answers = [
    made.text,
    (await post('/api/sessions', wrong, {})).text,
    (await post('/api/auth/sign-in', {}, { code: secrets['wrong key'] })).text,
    (await post('/api/sessions', bearer, { worker_type: secrets.prompt?.length })).text,
  ].join('\n');
  using agent = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey });
  agent.onEvent(({ event }) => {
    if (event.type === 'permission_request')
      void agent.respondToPermission(event.data.id, { allowed: false, reason: secrets.prompt ?? '' });
  });
  await agent.connect();
  await agent.prompt(`permission \`echo ${secrets.prompt}\``).done;
  const crash = agent.prompt(`crash ${secrets.prompt}`).done.catch(() => {});
  seen.children = startedWith(gateway.process.pid ?? 0).join('\n');
  await crash;

  const admin = { headers: { authorization: `Bearer ${secrets['admin token']}` } };
  const adminPort = Number(operators.env.HOTPLEX_ADMIN_ADDR.split(':')[1]);
  const shown = ['stats', 'logs', 'sessions', 'pool', 'health'].map((name) => `/admin/${name}`);
  for (const path of [...shown, '/status', '/health', '/metrics'])
    seen[path] = (await ask(adminPort, path, admin)).body;
  seen.audit = (await cli('audit', 'export', '--jsonl')).out;
  seen.settings = (await cli('config', 'show', '--json')).out;
  seen.arguments = tryRead(`/proc/${gateway.process.pid}/cmdline`);
  seen.log = logged;
  const files = readdirSync(gateway.dataDir).filter((name) => name.startsWith('hotplex.db'));
  seen.database = files.map((name) => readFileSync(join(gateway.dataDir, name), 'latin1')).join('');

  expect(Object.values(secrets).every((secret) => secret.length >= 20)).toBe(true);
  // Nothing was found because nothing was looked at: each place has something.
  expect(Object.entries(seen).filter(([, text]) => text === '')).toEqual([]);
  const found = Object.entries(seen).flatMap(([where, text]) =>
    Object.entries(secrets).flatMap(([what, secret]) =>
      text.includes(secret) ? [`${what} in ${where}`] : [],
    ),
  );
  // Conversations are in the database, and nowhere else.
  expect(found).toEqual(['prompt in database']);
});
