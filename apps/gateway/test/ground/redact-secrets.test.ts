import { expect, test } from 'vitest';
import { redactSecrets } from '../../src/ground/redact-secrets.ts';
import { mapTexts } from '../../src/sharing/map-texts.ts';

/** Joined here, so that no scanner takes this file for a find. */
const token = (...parts: string[]) => parts.join('');
const letters = 'AbCdEf0123456789AbCdEf0123456789AbCdEf01';

test.each([
  ['a key of Amazon', token('AKIA', 'IOSFODNN7EXAMPLE')],
  ['a key of Google', token('AIza', letters.slice(0, 35))],
  ['a token of GitHub', token('ghp_', letters)],
  ['a fine-grained one', token('github_pat_', letters)],
  ['a token of GitLab', token('glpat-', letters.slice(0, 20))],
  ['a token of npm', token('npm_', letters)],
  ['a token of Slack', token('xoxb-', '1234567890-abcdefghij')],
  ['a key of Stripe', token('sk_', 'live_', letters)],
  ['a key of a model', token('sk-', 'ant-api03-', letters)],
  ['an API key of ours', token('hotplex_', '0123456789ab_', letters)],
  ['a link of ours', token('hotplex_share_', '0123456789ab_', letters)],
  ['a JSON Web Token', token('eyJ', 'hbGciOiJIUzI1NiJ9.', 'eyJ', 'zdWIiOiIxMjM0NTYifQ.', letters)],
  ['a private key', token('-----BEGIN RSA ', 'PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----')],
  ['half a private key', token('-----BEGIN ', 'PRIVATE KEY-----\nMIIE\nabc')],
])('%s is not shown', (_, secret) => {
  expect(redactSecrets(`before ${secret}`)).toBe('before [redacted]');
  expect(redactSecrets(`it is ${secret} `)).not.toContain(secret.slice(-8));
});

test.each([
  ['postgres://app:hunter2@db.example/app', 'postgres://app:[redacted]@db.example/app'],
  ['curl -H "Authorization: Bearer abcdefghij0123456789"', 'curl -H "Authorization: Bearer [redacted]"'],
  ['DATABASE_PASSWORD=correct-horse', 'DATABASE_PASSWORD=[redacted]'],
  ['export STRIPE_SECRET_KEY = "correct horse"', 'export STRIPE_SECRET_KEY = "[redacted] horse"'],
  ["const password = 'correct horse';", "const password = '[redacted]';"],
  ['{"api_key": "correct-horse"}', '{"api_key": "[redacted]"}'],
  ['token: abc123def456', 'token: [redacted]'],
])('of %j the value is not shown', (text, expected) => {
  expect(redactSecrets(text)).toBe(expected);
});

test.each([
  'const token = createToken();',
  'max_tokens: 4096',
  'See https://example.com/a:b/c and mail@example.com.',
  'The password is checked in constant time.',
  'commit 3f786850e387550fdab836ed7e6dc881de23001b',
  'type Key = { secret: boolean; token: string }',
])('%j is left as it is', (text) => {
  expect(redactSecrets(text)).toBe(text);
});

test('what stands under the name of a secret is one, however deep', () => {
  const value = { env: [{ DB_PASSWORD: 'x', port: 5432, name: 'a' }], total_tokens: 7, note: 'n' };
  expect(mapTexts(value, redactSecrets)).toEqual({
    ...{ env: [{ DB_PASSWORD: '[redacted]', port: 5432, name: 'a' }], total_tokens: 7, note: 'n' },
  });
});

/** The least of a few, in milliseconds: what else the machine does only adds to it. */
function timeOf(text: string): number {
  const times = [1, 2, 3].map(() => {
    const started = performance.now();
    redactSecrets(text);
    return performance.now() - started;
  });
  return Math.min(...times);
}

const long = (piece: string) => piece.repeat(Math.ceil(200_000 / piece.length));

test.each([
  'a',
  'password',
  'SECRET_',
  'a-',
  'token-',
  'token:',
  'token=""',
  'ey',
  'eyJaaaaaaaa.',
  '-eyJ12345678',
  '.eyJ12345678',
  '-eyJ12345678.',
  ':// ',
  'a.a+',
  'a://b:',
  'authorization:',
  '"token": "',
  '-----BEGIN PRIVATE KEY-----',
  '-----END ',
])('of %j without an end it takes no longer than of harmless words, but for a factor', (piece) => {
  const harmless = timeOf(long('the parser loses the last line of every file. '));
  expect(timeOf(long(piece))).toBeLessThan(200 * Math.max(harmless, 1));
});

test('a token that hangs on a word by a dash is not shown', () => {
  const [head, payload, signature] = [
    token('eyJ', 'hbGciOiJIUzI1NiJ9'),
    token('eyJ', 'zdWIiOiIxMjM0'),
    letters,
  ];
  expect(redactSecrets(`session-${head}.${payload}.${signature}`)).toBe(`session-${head}.[redacted]`);
});
