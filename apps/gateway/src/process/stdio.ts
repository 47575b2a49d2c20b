/** Why the rest of what a process says will not be told: there is too much of it, it cannot be read, or it had no room. */
export type Loss = { reason: 'output-limit' | 'disk-full'; message: string };

/** What a process says, as it comes. */
export interface StdioListener {
  /** NOTE: the bytes are only valid during the call. */
  onOutput(chunk: Buffer): void;
  onError(chunk: Buffer): void;
  onLost(loss: Loss): void;
}

/** The way to a process and from it. */
export interface Stdio {
  /** Called once. Tells nothing before it returned. */
  listen(listener: StdioListener): void;
  write(line: string): void;
  /** Whether the process was asked to finish by a signal, since this kind of input has no end. */
  closeInput(): { signal: NodeJS.Signals } | undefined;
  /** Tells a loss that nobody has noticed yet; called when the process has ended, which it may have for that reason. */
  lookForLoss(): void;
  /** Resolves once nobody writes any more, at the latest after a second: a grandchild may hold the output. */
  settle(): Promise<void>;
  /** Tells what is left; called when the whole tree is gone. */
  finish(): Promise<void>;
}
