import pino from 'pino';
import type { Logger } from './ground/logger.ts';

const redacted = ['authorization', 'cookie', 'token', 'key', 'code', 'secret', 'password'].flatMap((name) => [
  name,
  `*.${name}`,
]);

/** The gateway's log: one JSON object per line on stderr, with secrets cut out by name (L2). */
export function createLogger(level: string): Logger {
  return pino(
    { level, base: null, redact: redacted, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  );
}
