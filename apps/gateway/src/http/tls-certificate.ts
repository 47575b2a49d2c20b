import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { Clock } from '../ground/clock.ts';
import { fileStamp } from '../ground/file-stamp.ts';
import type { Logger } from '../ground/logger.ts';
import { StartError } from '../ground/start-error.ts';

/** Paths of PEM files. */
export type TlsFiles = { cert: string; key: string };
export type TlsPair = { cert: Buffer; key: Buffer };

export type TlsCertificate = {
  readonly current: TlsPair;
  /** Tells of every new pair; call the returned function to stop. */
  follow(onRenewed: (pair: TlsPair) => void): () => void;
};

/** How often the files are looked at: who renews them tells nobody. */
const lookMs = 10_000;

/**
 * The certificate of a listener. Renewed files are taken as soon as both fit; until then, and if they are no good, the
 * old ones stay. Throws StartError with what is wrong and what to do.
 */
export function openTlsCertificate(
  files: TlsFiles,
  { clock, logger }: { clock: Clock; logger: Logger },
): TlsCertificate {
  let current = load(files);
  let seen = stampOf(files);
  warnIfExpired(current, { clock, logger });
  return {
    get current() {
      return current;
    },
    follow(onRenewed) {
      const look = () => {
        timer.refresh();
        const now = stampOf(files);
        if (now === seen) return;
        seen = now;
        try {
          current = load(files);
          onRenewed(current);
          logger.info({ validTo: new X509Certificate(current.cert).validTo }, 'the certificate was renewed');
        } catch (error) {
          logger.error({ error: String(error) }, 'the new certificate is not used, the old one stays');
        }
      };
      const timer = clock.after(lookMs, look);
      return () => timer.cancel();
    },
  };
}

function load(files: TlsFiles): TlsPair {
  const pair = { cert: read('cert', files.cert), key: read('key', files.key) };
  refuseWorldReadable(files.key);
  for (const [name, parts] of Object.entries({ cert: { cert: pair.cert }, key: { key: pair.key } }))
    attempt(() => createSecureContext(parts), `gateway.tls.${name}: the file holds none in PEM form`);
  attempt(
    () => createSecureContext(pair),
    'gateway.tls.key does not belong to gateway.tls.cert: name the two files that were issued together',
  );
  return pair;
}

function read(name: keyof TlsFiles, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const message = `gateway.tls.${name}: ${file} cannot be read (${code}): name a file that this user may read`;
    throw new StartError(message, { cause });
  }
}

/** A group may read it: that is how keys are shared with those who serve. NOTE: Windows has no such mode bits. */
function refuseWorldReadable(file: string): void {
  if (process.platform === 'win32' || (statSync(file).mode & 0o007) === 0) return;
  throw new StartError(`gateway.tls.key: everybody may read ${file}; run \`chmod o= ${file}\``);
}

function attempt(work: () => unknown, message: string): void {
  try {
    work();
  } catch (cause) {
    throw new StartError(message, { cause });
  }
}

function warnIfExpired({ cert }: TlsPair, { clock, logger }: { clock: Clock; logger: Logger }): void {
  const { validTo } = new X509Certificate(cert);
  if (Date.parse(validTo) <= clock.now())
    logger.warn({ validTo }, 'the certificate has expired: browsers refuse it');
}

/** Changes whenever one of the files does. */
const stampOf = ({ cert, key }: TlsFiles): string => [fileStamp(cert), fileStamp(key)].join();
