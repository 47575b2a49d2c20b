/** Structured log of the gateway. Never content, never secrets: ids and codes. */
export interface Logger {
  debug(fields: Record<string, unknown>, message: string): void;
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** The same log for one part of the gateway, whose name stands in its lines. */
export function logOf(component: string, logger: Logger): Logger {
  return {
    debug: (fields, message) => logger.debug({ component, ...fields }, message),
    info: (fields, message) => logger.info({ component, ...fields }, message),
    warn: (fields, message) => logger.warn({ component, ...fields }, message),
    error: (fields, message) => logger.error({ component, ...fields }, message),
  };
}
