/** Asked before every connection and request for the trace that it belongs to (W3C Trace Context); `undefined`: none. */
export type Traceparent = () => string | undefined;

const shape = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Tracing never breaks a conversation: without a valid value there is no header. */
export function traceHeaders(source: Traceparent | undefined): Record<string, string> {
  try {
    const value = source?.();
    return value !== undefined && shape.test(value) ? { traceparent: value } : {};
  } catch {
    return {};
  }
}
