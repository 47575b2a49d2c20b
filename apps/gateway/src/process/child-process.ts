/** Why a process is no more. The first cause wins and is never changed. */
export type ExitReason = 'exited' | 'stopped' | 'killed' | 'start-failed' | 'output-limit';

export type Exit = {
  reason: ExitReason;
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Words for people: the spawn error, or what the limit was. */
  message?: string;
  /** The last lines of stderr, bounded. */
  stderr: string;
};

export type ProcessOptions = {
  /** Absolute path of a binary; never a shell line. */
  file: string;
  args: readonly string[];
  cwd: string;
  /** The whole environment of the child; nothing is inherited. */
  env: Readonly<Record<string, string>>;
  /** A longer line ends the process with reason `output-limit`. Default 32 MiB. */
  maxLineBytes?: number;
  /** How long TERM may take before KILL. Default 4 s, so that within 5 nothing is left. */
  graceMs?: number;
};

export interface ProcessListener {
  /** The complete lines of one read, in order, without their line feed. */
  onLines(lines: readonly string[]): void;
  /** Called exactly once, after the last line, when the process and all its descendants are gone. */
  onExit(exit: Exit): void;
}

/** One child in its own process group. */
export interface ChildProcess {
  /** Undefined if the process could not be started. */
  readonly pid: number | undefined;
  /** Writes the line and a line feed. Ignored once the process is gone. */
  writeLine(line: string): void;
  /** Ends stdin: for most agents a request to finish. */
  closeInput(): void;
  /** Sends TERM to the group, waits, kills the group and every descendant. Safe to call twice. */
  stop(): Promise<Exit>;
}

/** Returns at once. A process that cannot start is told by `onExit` with reason `start-failed`. */
export type SpawnProcess = (options: ProcessOptions, listener: ProcessListener) => ChildProcess;
