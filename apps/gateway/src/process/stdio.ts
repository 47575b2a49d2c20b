/** What a process says, as it comes. */
export interface StdioListener {
  /** NOTE: the bytes are only valid during the call. */
  onOutput(chunk: Buffer): void;
  onError(chunk: Buffer): void;
  /** The rest of the output will not be told: there is more of it than is kept for any process, or it cannot be read. */
  onLost(message: string): void;
}

/** The way to a process and from it. */
export interface Stdio {
  /** Called once. Tells nothing before it returned. */
  listen(listener: StdioListener): void;
  write(line: string): void;
  /** Whether the process was asked to finish by a signal, since this kind of input has no end. */
  closeInput(): { signal: NodeJS.Signals } | undefined;
  /** Resolves once nobody writes any more, at the latest after a second: a grandchild may hold the output. */
  settle(): Promise<void>;
  /** Tells what is left; called when the whole tree is gone. */
  finish(): Promise<void>;
}
