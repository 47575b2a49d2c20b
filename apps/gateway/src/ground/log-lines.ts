/** From the least grave. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** A line of the gateway's log. */
export type LogLine = {
  /** Unix milliseconds. */
  time: number;
  level: LogLevel;
  message: string;
  component: string | undefined;
  sessionId: string | undefined;
  fields: Record<string, unknown>;
};

export type LogFilter = {
  /** At least as grave. */
  level?: LogLevel;
  component?: string;
  sessionId?: string;
  /** Unix milliseconds. */
  since?: number;
};

/** The last lines of the log, for operators. */
export interface LogLines {
  /** Oldest first. */
  find(filter: LogFilter): LogLine[];
}
