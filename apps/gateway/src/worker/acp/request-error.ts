/** A request that is refused, by the agent or by us, with a code of JSON-RPC 2.0 or of the Agent Client Protocol. */
export class RequestError extends Error {
  readonly code: number;
  readonly data: unknown;

  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }

  static methodNotFound(method: string): RequestError {
    return new RequestError(-32_601, `Method not found: ${method}`);
  }

  static invalidParams(data: unknown): RequestError {
    return new RequestError(-32_602, 'Invalid params', data);
  }

  static resourceNotFound(name: string): RequestError {
    return new RequestError(-32_002, `Resource not found: ${name}`);
  }
}

/** Whatever went wrong, as a refusal. */
export function toRequestError(error: unknown): RequestError {
  if (error instanceof RequestError) return error;
  return new RequestError(-32_603, error instanceof Error ? error.message : 'it failed');
}
