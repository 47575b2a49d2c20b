import { type LogFilter, type LogLevel, type LogLine, type LogLines, logLevels } from './ground/log-lines.ts';

/** A line may be as long as the stack of an error, not longer. */
const longestLine = 8_192;

/** The last lines that were logged, as they were written, secrets cut out. */
export class LogRing implements LogLines {
  readonly #size: number;
  readonly #lines: string[] = [];
  /** Where the next line goes once there are as many as may be. */
  #next = 0;

  constructor(size: number) {
    this.#size = size;
  }

  /** One line of JSON, as pino writes it; one that is too long is left out. */
  write(line: string): void {
    if (line.length > longestLine) return;
    this.#lines[this.#next] = line;
    this.#next = (this.#next + 1) % this.#size;
  }

  find({ level = 'debug', component, sessionId, since = 0 }: LogFilter): LogLine[] {
    const lowest = logLevels.indexOf(level);
    const inOrder = [...this.#lines.slice(this.#next), ...this.#lines.slice(0, this.#next)];
    return inOrder.map(parse).filter((line) => {
      if (logLevels.indexOf(line.level) < lowest || line.time < since) return false;
      if (component !== undefined && line.component !== component) return false;
      return sessionId === undefined || line.sessionId === sessionId;
    });
  }
}

/** pino's numbers of levels: https://github.com/pinojs/pino/blob/main/docs/api.md#loggerlevels-object */
const levels: Readonly<Record<number, LogLevel>> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error' };

function parse(line: string): LogLine {
  const { level, time, msg, component, session, ...fields } = JSON.parse(line) as Record<string, unknown>;
  return {
    time: Date.parse(String(time)),
    level: levels[Number(level)] ?? 'error',
    message: String(msg),
    component: component === undefined ? undefined : String(component),
    sessionId: session === undefined ? undefined : String(session),
    fields,
  };
}
