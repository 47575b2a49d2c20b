import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ownHome } from '../support/own-home.ts';

/** Who the code of a link signs in, or why nobody. */
async function signIn(link: string): Promise<unknown> {
  const { origin, hash } = new URL(link);
  const response = await fetch(`${origin}/api/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ code: hash.slice('#code='.length) }),
  });
  const { subject, error } = (await response.json()) as { subject?: string; error?: { code: string } };
  return subject ?? error?.code;
}

test('up starts a gateway once; each call has a new link, which signs in once and ends the one before', async () => {
  const { cli, dataDir } = ownHome();
  const first = JSON.parse((await cli(['up', '--json'])).out);
  expect(first).toMatchObject({
    ...{ started: true, url: expect.stringContaining('http://127.0.0.1:'), data_dir: dataDir },
    ...{ log_file: join(dataDir, 'gateway.log'), agents: expect.any(Array) },
  });
  expect((await fetch(`${first.url}/health`)).status).toBe(200);
  const second = await cli(['up']);
  expect(second).toMatchObject({ code: 0, err: '' });
  for (const words of ['ran already', dataDir, first.log_file, 'hotplex gateway stop'])
    expect(second.out).toContain(words);
  const link = /http\S+#code=\S+/.exec(second.out)?.[0] ?? '';
  expect(await signIn(first.sign_in_link)).toBe('UNAUTHORIZED');
  expect(await signIn(link)).toBe('local');
  expect(await signIn(link)).toBe('UNAUTHORIZED');
  const third = JSON.parse((await cli(['up', '--json'])).out);
  expect(third).toMatchObject({ started: false, pid: first.pid });
  expect(await signIn(third.sign_in_link)).toBe('local');
  // No code of them is anywhere but in the links.
  expect(readFileSync(first.log_file, 'utf8')).not.toContain('#code=');
});

test('on a desktop the browser opens the link, which is in no argument', async () => {
  const programs = join(ownHome().home, 'bin');
  mkdirSync(programs);
  const asked = join(programs, 'asked');
  writeFileSync(join(programs, 'xdg-open'), `#!/bin/sh\nprintf '%s' "$*" > '${asked}'\n`);
  chmodSync(join(programs, 'xdg-open'), 0o755);
  const { cli, dataDir } = ownHome({
    ...{ DISPLAY: ':0', PATH: `${programs}${delimiter}${process.env.PATH}` },
  });
  expect((await cli(['up', '--no-open'])).out).toContain('Open this link');
  expect(existsSync(join(dataDir, 'sign-in.html'))).toBe(false);
  const { out } = await cli(['up']);
  expect(out).toContain('Your browser opens this link');
  const page = join(dataDir, 'sign-in.html');
  await expect.poll(() => existsSync(asked) && readFileSync(asked, 'utf8')).toBe(page);
  expect(statSync(page).mode & 0o777).toBe(0o600);
  const link = /http\S+#code=\S+/.exec(out)?.[0] ?? '';
  expect(readFileSync(page, 'utf8')).toContain(link);
  // The link is used up, and its page is of no use to anybody.
  expect(await signIn(link)).toBe('local');
  expect(existsSync(page)).toBe(false);
  await cli(['up']);
  await cli(['token', 'revoke', '--user', 'local']);
  expect(existsSync(page)).toBe(false);
});

test('what keeps it from running is said in one sentence', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void taken.close());
  await expect.poll(() => taken.address()).not.toBeNull();
  const { port } = taken.address() as AddressInfo;
  const inUse = ownHome({ HOTPLEX_GATEWAY_ADDR: `127.0.0.1:${port}` });
  const { code, err } = await inUse.cli(['up']);
  expect(err).toMatch(/^hotplex up: port \d+ on 127\.0\.0\.1 is in use.*HOTPLEX_GATEWAY_ADDR.*\n$/);
  expect(code).toBe(1);

  const { cli, dataDir } = ownHome();
  expect((await cli(['up', '--config', '/nowhere.yaml'])).err).toMatch(/^hotplex up: .*\/nowhere\.yaml.*\n$/);
  await cli(['up', '--json']);
  const record = join(dataDir, 'gateway.json');
  writeFileSync(record, JSON.stringify({ ...JSON.parse(readFileSync(record, 'utf8')), version: '0.0.1' }));
  const other = await cli(['up']);
  expect(other.err).toMatch(/^hotplex up: a gateway of version 0\.0\.1 runs here.*gateway restart\n$/);
  expect(other.code).toBe(1);
});
