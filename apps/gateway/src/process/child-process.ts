/** Why a process is no more. The first cause wins and is never changed. */
export type ExitReason =
  | 'exited'
  | 'stopped'
  | 'killed'
  | 'start-failed'
  | 'output-limit'
  | 'memory-limit'
  | 'disk-full';

export type Exit = {
  reason: ExitReason;
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Words for people: the spawn error, or what the limit was. */
  message?: string;
  /** What is the matter, where a client has words of its own for it. */
  details?: Record<string, unknown>;
  /** The last lines of stderr, bounded. */
  stderr: string;
};

/** Names a running process beyond doubt, for a later gateway that takes it over. Plain JSON. */
export type ProcessHandle = {
  pid: number;
  /** As in /proc/PID/stat: a pid that was given to a stranger has another. */
  startTime: string;
  /** What every process of its tree carries in its environment. */
  mark: string;
  /** The folder with its input, its output and its last words. */
  folder: string;
};

/** What a program in a sandbox reaches: what the machine does, what the operator lists, or nothing. */
export const networks = ['open', 'allow-list', 'none'] as const;
export type Network = (typeof networks)[number];

/** A directory in which a program keeps its state. */
export type StateDir = {
  /** Made if it is not there. */
  path: string;
  /** Names in it that the program may only read: what is written there runs later, outside of any walls. */
  readOnly?: readonly string[];
  /** Folders in it of which each process has an empty one of its own, gone with it: others would run what is written there. */
  own?: readonly string[];
};

/** What a program needs of the machine where there are walls around it. What is not named here does not exist for it. */
export type ProcessNeeds = {
  /** Where it works for a user; without it, it writes nowhere but to its state. */
  workDir?: string;
  state: readonly StateDir[];
  /** Further places that it reads, beside its program and the system; those that are missing are left out. */
  readable?: readonly string[];
  /** Folders of which it reads what is there; what it adds is its own and gone with it. */
  shadowed?: readonly string[];
  /** Whether we talk to it over loopback: then it cannot be cut off the network. */
  serves?: boolean;
};

export type ProcessOptions = {
  /** Absolute path of a binary; never a shell line. */
  file: string;
  args: readonly string[];
  cwd: string;
  /** The whole environment of the child; nothing is inherited. */
  env: Readonly<Record<string, string>>;
  /** All that it is ever told: its stdin holds this and then ends. Default: what is written to it, until `closeInput`. */
  stdin?: string | undefined;
  /** A longer line ends the process with reason `output-limit`. Default 32 MiB. */
  maxLineBytes?: number;
  /** How long TERM may take before KILL. Default 4 s, so that within 5 nothing is left. */
  graceMs?: number;
  /** Default: nothing but its program. */
  needs?: ProcessNeeds;
  /** Whether it is to outlive the gateway, where the machine and the operator allow it. Default: it dies with it. */
  lasting?: boolean;
  /** Goes on with this process, from this byte of its output, instead of starting one. */
  adopt?: { handle: ProcessHandle; offset: number };
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
  /** How a later gateway finds it; undefined if it dies with this one. */
  readonly handle: ProcessHandle | undefined;
  /** How many bytes of its output were told as lines; within `onLines`, those lines included. */
  readonly offset: number;
  /** Writes the line and a line feed. Ignored once the process is gone, and by one that was given its whole input. */
  writeLine(line: string): void;
  /**
   * Asks the process to finish by ending its stdin. NOTE: the input of one that is to outlive the gateway has no end, since
   * the process itself holds it open: there its leader gets TERM, and an end by that counts as `exited`.
   */
  closeInput(): void;
  /** Sends TERM to the group, waits, kills the group and every descendant. Safe to call twice. */
  stop(): Promise<Exit>;
}

/** Returns at once. A process that cannot start is told by `onExit` with reason `start-failed`. */
export type SpawnProcess = (options: ProcessOptions, listener: ProcessListener) => ChildProcess;

/** What a process and everything it started use together. */
export type TreeUsage = {
  processes: number;
  /** Resident; pages they share count for each of them. */
  memoryBytes: number;
  /** Since each of them was started. */
  cpuMs: number;
  /** Since the first of them was started; 0 where the machine does not say. */
  ageMs: number;
};

/** The processes of this data folder that outlive gateways. */
export interface LastingProcesses {
  /** Whether it is one of these: the database may be a copy of another gateway's, which still uses its own. */
  has(handle: ProcessHandle): boolean;
  /** Ends this process with its tree and forgets its folder; resolves when it is gone. Does nothing if it is gone already. */
  reap(handle: ProcessHandle): Promise<void>;
  /** Ends what earlier gateways left behind, but for the processes with these marks; call once, after a start. */
  sweep(keep: ReadonlySet<string>): Promise<void>;
  /** What the trees of these processes use now; those that are gone are left out. */
  measure(pids: Iterable<number>): Promise<Map<number, TreeUsage>>;
  /** Ends whatever this gateway still runs, but for the processes with these marks; call last, at an orderly stop. */
  close(keep: ReadonlySet<string>): Promise<void>;
}
