import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setImmediate as otherWork } from 'node:timers/promises';
import { shareNext } from '../ground/share-next.ts';
import { withSpareDescriptor } from './spare-descriptor.ts';

/** Names a process until the machine is restarted: a pid alone can be given to a stranger. */
export type ProcessName = {
  pid: number;
  /** In clock ticks since boot, as the kernel writes it. */
  startTime: string;
};

/** One process as the kernel lists it. */
export type ProcessEntry = ProcessName & {
  parent: number;
  group: number;
  session: number;
  /** Runs nothing any more and only waits to be reaped, for ever if its new parent does not care. */
  zombie: boolean;
};

export type ProcessUsage = { memoryBytes: number; cpuMs: number; ageMs: number };

/** The processes of this machine. */
export interface ProcessTable {
  /** Undefined if there is no such process, or on a platform without /proc. */
  find(pid: number): ProcessEntry | undefined;
  /** One look serves all who ask at the same time: a gateway that ends has hundreds of trees to find. */
  list(): Promise<readonly ProcessEntry[]>;
  /**
   * Whether the process was started with this `NAME=value`. False if we may not look. An entry is looked at once, for all
   * who share its list.
   */
  wasStartedWith(process: Pick<ProcessName, 'pid'>, variable: string): boolean;
  /** Whether the process has this file open, by its absolute path. False if we may not look. */
  hasOpen(pid: number, path: string): boolean;
  /** What the process uses, with the children it waited for; undefined if it is gone. */
  usage(pid: number): ProcessUsage | undefined;
}

/** How many processes are read before other sessions get their turn on the thread. */
const slice = 64;

/** Reads Linux' /proc (man 5 proc_pid_stat, proc_pid_environ, proc_pid_fd). Elsewhere the table is empty. Never throws. */
export function createProcessTable(root = '/proc'): ProcessTable {
  const find = (pid: number) => {
    const stat = read(`${root}/${pid}/stat`);
    return stat && parseStat(stat.toString('latin1'));
  };
  const environments = new WeakMap<object, string>();
  const environmentOf = (process: Pick<ProcessName, 'pid'>) => {
    const known = environments.get(process);
    if (known !== undefined) return known;
    const environment = `\0${read(`${root}/${process.pid}/environ`)?.toString('latin1') ?? ''}\0`;
    environments.set(process, environment);
    return environment;
  };
  return {
    find,
    list: shareNext(async () => {
      const entries: ProcessEntry[] = [];
      for (const [index, pid] of listNumbers(root).entries()) {
        if (index % slice === slice - 1) await otherWork();
        const entry = find(pid);
        if (entry) entries.push(entry);
      }
      return entries;
    }),
    wasStartedWith: (process, variable) => environmentOf(process).includes(`\0${variable}\0`),
    usage(pid) {
      const [stat, status] = [read(`${root}/${pid}/stat`), read(`${root}/${pid}/status`)];
      const uptime = Number.parseFloat(read(`${root}/uptime`)?.toString('latin1') ?? '');
      return stat && status && parseUsage(stat.toString('latin1'), status.toString('latin1'), uptime);
    },
    hasOpen(pid, path) {
      return listNumbers(`${root}/${pid}/fd`).some((fd) => linkTarget(`${root}/${pid}/fd/${fd}`) === path);
    },
  };
}

function listNumbers(folder: string): number[] {
  try {
    return withSpareDescriptor(() => readdirSync(folder))
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** Undefined if the process ended in the meantime or belongs to somebody else. */
function read(path: string): Buffer | undefined {
  try {
    return withSpareDescriptor(() => readFileSync(path));
  } catch {
    return undefined;
  }
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/** NOTE: the second field is the program's name in parentheses and may itself hold spaces and parentheses. */
function fieldsAfterName(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Clock ticks are hundredths of a second on every Linux that Node runs on (sysconf _SC_CLK_TCK). */
const tickMs = 10;

/** A zombie has no memory and no line that says so. `uptime`: seconds since boot, NaN if the machine does not say. */
function parseUsage(stat: string, status: string, uptime: number): ProcessUsage {
  const fields = fieldsAfterName(stat);
  // utime, stime, cutime, cstime
  const ticks = fields.slice(11, 15).map(Number);
  const ageMs = Math.max(0, Math.round(uptime * 1_000 - Number(fields[19]) * tickMs)) || 0;
  const kilobytes = /^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0;
  const cpuMs = ticks.reduce((sum, n) => sum + n, 0) * tickMs;
  return { memoryBytes: Number(kilobytes) * 1024, cpuMs, ageMs };
}

function parseStat(stat: string): ProcessEntry | undefined {
  const [state, parent, group, session, ...rest] = fieldsAfterName(stat);
  const startTime = rest[15];
  if (startTime === undefined) return undefined;
  return {
    pid: Number.parseInt(stat, 10),
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    startTime,
    zombie: state === 'Z' || state === 'X',
  };
}
