import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AepClient } from '@hotplex/client-sdk';
import { expect, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { openOperators } from '../support/operators.ts';
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

test('[L1] [L2] [E3] planted secrets are in no log, audit record, status, error, argument or child’s environment', async () => {
  const operators = await openOperators();
  const secrets: Record<string, string> = {
    'API key': apiKey,
    'admin token': operators.env.HOTPLEX_ADMIN_TOKEN,
    'variable of the operator': 'canary-variable-0123456789abcdef',
    'wrong key': 'canary-wrong-key-0123456789abcdef0123456789',
    prompt: 'canary-words-of-a-prompt',
  };
  let logged = '';
  await using gateway = await startGateway({
    env: {
      ...operators.env,
      HOTPLEX_LOG_LEVEL: 'debug',
      CANARY_OF_THE_OPERATOR: secrets['variable of the operator'] ?? '',
    },
    onLog: (text) => {
      logged += text;
    },
  });
  const seen: Record<string, string> = {};
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
  const { ticket } = JSON.parse(
    (await post('/api/auth/ticket', { authorization: `Bearer ${token}` }, {})).text,
  );
  Object.assign(secrets, { 'sign-in code': code, 'access token': token, ticket });
  secrets['refresh token'] = /=([^;]+)/.exec(signedIn.cookie)?.[1] ?? '';
  const wrong = { 'x-api-key': secrets['wrong key'] ?? '' };
  seen.errors = [
    (await post('/api/sessions', wrong, {})).text,
    (await post('/api/auth/sign-in', {}, { code: secrets['wrong key'] })).text,
    (
      await post(
        '/api/sessions',
        { authorization: `Bearer ${token}` },
        { worker_type: secrets.prompt?.length },
      )
    ).text,
  ].join('\n');
  using client = new AepClient({ url: gateway.url, workerType: 'demo', auth: apiKey });
  client.onEvent(({ event }) => {
    if (event.type === 'permission_request')
      void client.respondToPermission(event.data.id, { allowed: false, reason: secrets.prompt ?? '' });
  });
  await client.connect();
  await client.prompt(`permission \`echo ${secrets.prompt}\``).done;
  const crash = client.prompt(`crash ${secrets.prompt}`).done.catch(() => {});
  seen.children = startedWith(gateway.process.pid ?? 0).join('\n');
  await crash;

  const { body } = await ask(Number(operators.env.HOTPLEX_ADMIN_ADDR.split(':')[1]), '/status', {
    headers: { authorization: `Bearer ${secrets['admin token']}` },
  });
  seen.status = body;
  const { out } = await runCli(['audit', 'export', '--jsonl'], {
    home: gateway.workDir,
    env: { HOTPLEX_DB_PATH: join(gateway.dataDir, 'hotplex.db') },
  });
  seen.audit = out;
  seen.arguments = tryRead(`/proc/${gateway.process.pid}/cmdline`);
  seen.log = logged;

  expect(Object.values(secrets).every((secret) => secret.length >= 20)).toBe(true);
  // Nothing was found because nothing was looked at: each place has something.
  expect(Object.entries(seen).filter(([, text]) => text === '')).toEqual([]);
  const found = Object.entries(seen).flatMap(([where, text]) =>
    Object.entries(secrets).flatMap(([what, secret]) =>
      text.includes(secret) ? [`${what} in ${where}`] : [],
    ),
  );
  expect(found).toEqual([]);
});
