import { toVariable } from './process-mark.ts';
import type { ProcessEntry, ProcessName, ProcessTable } from './process-table.ts';

/** A child and everything it started, for as long as any of it lives. */
export interface ProcessTree {
  /** Sends the signal to every living process of the tree and says how many it found. */
  signal(signal: NodeJS.Signals): Promise<number>;
  /** Sends the signal to the leader alone, if it still lives. */
  signalLeader(signal: NodeJS.Signals): void;
  /** The living processes of the tree; empty where the process table cannot be read. */
  list(): Promise<readonly ProcessEntry[]>;
  /** Whether any process that the last `signal` or `list` found still lives. Cheap enough to ask often. */
  anyAlive(): boolean;
}

/** Who belongs to a tree: the leader of its process group, and whoever was started with the mark. */
export type TreeOptions = {
  /** Whether the leader only holds the walls of a sandbox: the program is the first child of its child. */
  walled?: boolean;
  /** Must lead its own group and session, and must not have been reaped yet. */
  pid: number;
  /** A `NAME=value` in the leader's environment that nobody else has; children inherit it. */
  mark: string;
  table: ProcessTable;
};

/** Where the process table cannot be read, a tree is its process group. */
export function createProcessTree({ pid, mark, table, walled = false }: TreeOptions): ProcessTree {
  const leader = table.find(pid);
  return leader ? new MarkedTree({ leader, mark, table, walled }) : new GroupTree(pid);
}

/**
 * The tree of a process that may be gone: its pid may be a stranger's by now, and then only the mark tells who belongs. So
 * it does where the process is not known.
 */
export function findProcessTree(
  { mark, process, walled = false }: { mark: string; process: ProcessName | undefined; walled?: boolean },
  table: ProcessTable,
): ProcessTree {
  const leader = process && findRunning(process, table);
  return new MarkedTree({ leader, mark: toVariable(mark), table, walled });
}

/** Undefined if this very process is gone, even if its pid has been given to a stranger. A zombie is gone. */
export function findRunning({ pid, startTime }: ProcessName, table: ProcessTable): ProcessEntry | undefined {
  const entry = table.find(pid);
  return entry?.startTime === startTime && !entry.zombie ? entry : undefined;
}

/**
 * Finds the members again at every signal: by group, by session, as children of members, and by the mark, which
 * also tells those who made a session of their own and whose parent is gone.
 * NOTE: whoever does all of that and also wipes its environment escapes; only a sandbox holds it.
 */
class MarkedTree implements ProcessTree {
  /** Undefined if it was gone before we looked: then its pid says nothing. */
  readonly #leader: ProcessEntry | undefined;
  readonly #mark: string;
  readonly #table: ProcessTable;
  readonly #walled: boolean;
  #members: readonly ProcessEntry[];

  constructor({ leader, mark, table, walled }: MarkedTreeOptions) {
    this.#leader = leader;
    this.#mark = mark;
    this.#table = table;
    this.#walled = walled;
    this.#members = leader ? [leader] : [];
  }

  async signal(asked: NodeJS.Signals): Promise<number> {
    const members = await this.list();
    const signal = this.#isStarting(members) ? 'SIGKILL' : asked;
    // Who holds the walls tells how the program ended, so it is not to be asked to end before it. KILL takes it, too: the
    // program may be stuck. NOTE: its child, the first process in there, hears no other signal from outside.
    const leader = this.#walled && signal !== 'SIGKILL' ? undefined : this.#leader;
    // In one go, so that no sibling is born in between; but only until the leader is reaped and its pid is free.
    const group = leader && this.#current(leader) && send(-leader.pid, signal) ? leader.pid : undefined;
    for (const member of members) {
      if (this.#leader !== leader && member.pid === this.#leader?.pid) continue;
      const reached = group !== undefined && member.group === group;
      if (!reached && this.#current(member)) send(member.pid, signal);
    }
    return members.length;
  }

  signalLeader(signal: NodeJS.Signals): void {
    if (this.#walled) void this.#signalProgram(signal);
    else if (this.#leader && this.#current(this.#leader)) send(this.#leader.pid, signal);
  }

  async #signalProgram(signal: NodeJS.Signals): Promise<void> {
    const program = this.#programOf(await this.list());
    if (program && this.#current(program)) send(program.pid, signal);
  }

  /** The first that was started by the first process within the walls. */
  #programOf(members: readonly ProcessEntry[]): ProcessEntry | undefined {
    const first = members.find(({ parent }) => parent === this.#leader?.pid);
    return members
      .filter(({ parent }) => parent === first?.pid)
      .toSorted((a, b) => Number(a.startTime) - Number(b.startTime) || a.pid - b.pid)[0];
  }

  /** The walls are still being put up: there is no program yet that could be asked to end. */
  #isStarting(members: readonly ProcessEntry[]): boolean {
    const isUp = members.some(({ pid }) => pid === this.#leader?.pid);
    return this.#walled && isUp && !this.#programOf(members);
  }

  async list(): Promise<readonly ProcessEntry[]> {
    this.#members = await this.#find();
    return this.#members;
  }

  anyAlive(): boolean {
    return this.#members.some((member) => this.#current(member)?.zombie === false);
  }

  async #find(): Promise<ProcessEntry[]> {
    const processes = await this.#table.list();
    const known = new Map(this.#members.map((member) => [member.pid, member]));
    const leader = this.#leader;
    const isStranger = ({ pid, startTime }: ProcessEntry) =>
      pid === leader?.pid && startTime !== leader.startTime;
    const ours = processes.some(isStranger) ? undefined : leader?.pid;
    const isMember = (process: ProcessEntry) =>
      known.get(process.pid)?.startTime === process.startTime ||
      (ours !== undefined && (process.group === ours || process.session === ours)) ||
      this.#table.wasStartedWith(process, this.#mark);
    return withDescendants(processes.filter(isMember), processes).filter(({ zombie }) => !zombie);
  }

  /** Undefined if the member is gone, even if its pid has been given to a stranger. */
  #current(member: ProcessEntry): ProcessEntry | undefined {
    const current = this.#table.find(member.pid);
    return current?.startTime === member.startTime ? current : undefined;
  }
}

type MarkedTreeOptions = {
  leader: ProcessEntry | undefined;
  mark: string;
  table: ProcessTable;
  walled: boolean;
};

/** The process group alone; its number is free again once the last member is gone. */
class GroupTree implements ProcessTree {
  readonly #group: number;

  constructor(group: number) {
    this.#group = group;
  }

  async signal(signal: NodeJS.Signals): Promise<number> {
    return send(-this.#group, signal) ? 1 : 0;
  }

  signalLeader(signal: NodeJS.Signals): void {
    send(this.#group, signal);
  }

  async list(): Promise<readonly ProcessEntry[]> {
    return [];
  }

  anyAlive(): boolean {
    return send(-this.#group, 0);
  }
}

/** These processes, and everything they started whose parents still live. */
export function withDescendants(
  roots: readonly ProcessEntry[],
  processes: readonly ProcessEntry[],
): ProcessEntry[] {
  const children = Map.groupBy(processes, ({ parent }) => parent);
  const found = new Set(roots);
  for (const member of found) {
    for (const child of children.get(member.pid) ?? []) found.add(child);
  }
  return [...found];
}

/** False if there is nobody to receive it, or nobody we may signal. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
