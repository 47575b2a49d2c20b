/** The gateway cannot start: one sentence that says why and what to do. Exit code 1, no stack trace. */
export class StartError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StartError';
  }
}
