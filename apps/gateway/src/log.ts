import pino from 'pino';
import type { LogLines } from './ground/log-lines.ts';
import type { Logger } from './ground/logger.ts';
import { LogRing } from './log-ring.ts';

const redacted = ['authorization', 'cookie', 'token', 'key', 'code', 'secret', 'password'].flatMap((name) => [
  name,
  `*.${name}`,
]);

/** The gateway's log: one JSON object per line on stderr, with secrets cut out by name (L2); the last `keep` lines stay at hand. */
export function createLogger({ level, keep }: { level: string; keep: number }): {
  logger: Logger;
  lines: LogLines;
  /** From now on less or more is logged. */
  setLevel(level: string): void;
} {
  const lines = new LogRing(keep);
  const stderr = pino.destination({ fd: 2, sync: true });
  const both = {
    write(line: string) {
      lines.write(line);
      stderr.write(line);
    },
  };
  const options = { level, base: null, redact: redacted, timestamp: pino.stdTimeFunctions.isoTime };
  const logger = pino(options, both);
  return {
    ...{ logger, lines },
    setLevel(next) {
      logger.level = next;
    },
  };
}
