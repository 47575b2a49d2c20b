/** A stream between nodes ended before its time. Node's HTTP takes it for a connection that was reset. */
export class BrokenStream extends Error {
  readonly code = 'ECONNRESET';

  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'BrokenStream';
  }
}
