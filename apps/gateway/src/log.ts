import pino from 'pino';
import type { LogLines } from './ground/log-lines.ts';
import type { Logger } from './ground/logger.ts';
import { LogRing } from './log-ring.ts';
import { RotatingFile } from './rotating-file.ts';

const redacted = ['authorization', 'cookie', 'token', 'key', 'code', 'secret', 'password'].flatMap((name) => [
  name,
  `*.${name}`,
]);

/** The gateway's log: one JSON object per line on stderr, or in a file, with secrets cut out by name (L2); the last `keep` lines stay at hand. */
export function createLogger({ level, keep, file }: { level: string; keep: number; file?: string }): {
  logger: Logger;
  lines: LogLines;
  /** From now on less or more is logged. */
  setLevel(level: string): void;
} {
  const lines = new LogRing(keep);
  const target = file === undefined ? pino.destination({ fd: 2, sync: true }) : new RotatingFile(file);
  const both = {
    write(line: string) {
      lines.write(line);
      target.write(line);
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
