import { readFileSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';
import { connectSqlite } from '../../../apps/gateway/src/store/sqlite/connect-sqlite.ts';

/** What is counted of a piece of work: much the same on every machine, and whatever else that does meanwhile. */
export type Counts = {
  /** Bytes of JavaScript objects that were made; not a number on a Node that does not tell it. */
  allocated: number;
  /** Statements that SQLite ran. */
  statements: number;
  /** Bytes that were written: to the log of SQLite, and from there into the database. */
  written: number;
  /** Characters that were read from and written as JSON. */
  json: number;
};

const running = { statements: 0, json: 0 };

/** Counts JSON from now on, and the statements of every connection, for as long as the process lives. */
export function startCounting(): void {
  const { parse, stringify } = JSON;
  Object.assign(JSON, {
    parse(...given: Parameters<typeof parse>) {
      running.json += given[0].length;
      return parse(...given);
    },
    stringify(...given: Parameters<typeof stringify>) {
      const text: string | undefined = stringify(...given);
      running.json += text?.length ?? 0;
      return text;
    },
  });
  const statements = Object.getPrototypeOf(connectSqlite(':memory:').prepare('select 1'));
  for (const method of ['run', 'get', 'all']) {
    const original = statements[method];
    statements[method] = function counted(...given: unknown[]) {
      running.statements += 1;
      return original.apply(this, given);
    };
  }
}

/** What stands on the counters now: two looks make `Counts`. */
export function look(): Counts {
  // NOTE: V8 counts it, and Node tells it since version 25.
  const { total_allocated_bytes: allocated = Number.NaN }: { total_allocated_bytes?: number } =
    getHeapStatistics();
  // man 5 proc_pid_io
  const [, written] = /^wchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8')) ?? [];
  return { allocated, ...running, written: Number(written) };
}
