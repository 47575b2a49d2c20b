import { chmodSync, copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { makeCertificate } from '../../../../tests/support/make-certificate.ts';
import { createHttpServer } from '../../src/http/http-server.ts';
import { openTlsCertificate } from '../../src/http/tls-certificate.ts';
import { createManualClock } from '../support/manual-clock.ts';

function open() {
  const folder = mkdtempSync(join(tmpdir(), 'hotplex-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const logged: string[] = [];
  const log = (_: object, message: string) => void logged.push(message);
  const tools = {
    clock: createManualClock(Date.now()),
    logger: { debug: log, info: log, warn: log, error: log },
  };
  const first = makeCertificate(folder, 'first');
  const read = (files: Partial<typeof first>) => () => openTlsCertificate({ ...first, ...files }, tools);
  return { first, folder, logged, read, tools };
}

test('[A1] a key or certificate that is no good is one sentence that names the setting', () => {
  const { first, folder, read } = open();
  const second = makeCertificate(folder, 'second');
  const words = join(folder, 'words');
  writeFileSync(words, 'words', { mode: 0o600 });
  expect(read({ cert: '/nowhere' })).toThrow(/^gateway\.tls\.cert: \/nowhere cannot be read \(ENOENT\)/);
  expect(read({ cert: words })).toThrow(/^gateway\.tls\.cert: the file holds none in PEM form$/);
  expect(read({ key: words })).toThrow(/^gateway\.tls\.key: the file holds none in PEM form$/);
  expect(read({ key: second.key })).toThrow(/^gateway\.tls\.key does not belong to gateway\.tls\.cert/);
  chmodSync(first.key, 0o644);
  expect(read({})).toThrow(/^gateway\.tls\.key: everybody may read .*; run `chmod o= /);
  chmodSync(first.key, 0o640);
  expect(read({})().current.key.length).toBeGreaterThan(0);
});

test('[G14] renewed files are shown from then on, half of them or nonsense are not', async () => {
  const { first, folder, logged, read, tools } = open();
  const server = createHttpServer({
    ...{ guard: () => ({ allowed: true }), answer: (_, response) => response.end(), variable: '' },
    ...tools,
    certificate: read({})(),
  });
  const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close());
  /** Whom the next connection is shown. */
  const shown = () =>
    new Promise<unknown>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
        resolve(socket.getPeerCertificate().subject.CN);
        socket.destroy();
      });
    });
  const second = makeCertificate(folder, 'second');
  expect(await shown()).toBe('first');
  copyFileSync(second.cert, first.cert);
  tools.clock.advance(10_000);
  expect(await shown()).toBe('first');
  expect(logged).toEqual(['the new certificate is not used, the old one stays']);
  copyFileSync(second.key, first.key);
  tools.clock.advance(10_000);
  expect(await shown()).toBe('second');
  expect(logged.at(-1)).toBe('the certificate was renewed');
  writeFileSync(first.cert, 'nonsense');
  tools.clock.advance(10_000);
  expect(await shown()).toBe('second');
  // Not even to be looked at.
  rmSync(first.cert);
  symlinkSync(first.cert, first.cert);
  tools.clock.advance(10_000);
  expect(await shown()).toBe('second');
  expect(logged.filter((line) => line.startsWith('the new certificate is not used'))).toHaveLength(3);
  expect(read({})).toThrow(/^gateway\.tls\.cert: .* cannot be read \(ELOOP\)/);
});
