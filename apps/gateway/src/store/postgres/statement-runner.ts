import { codeOf, isFromServer } from './bridge-error.ts';
import type { PostgresClient } from './connect-postgres.ts';
import type { Statement, Value } from './postgres-access.ts';

/** Prepared statements of one connection; what comes after so many is parsed each time. */
const mostPrepared = 400;

/**
 * What PostgreSQL undid because others were in its way, and what may be sent again: serialization_failure and
 * deadlock_detected of https://www.postgresql.org/docs/current/errcodes-appendix.html.
 */
const undone = /^40(001|P01)$/;
const mostTries = 5;

/** Runs statements on one connection: PostgreSQL parses and plans each text once. */
export class StatementRunner {
  readonly #client: PostgresClient;
  readonly #names = new Map<string, string>();

  constructor(client: PostgresClient) {
    this.#client = client;
  }

  /** The rows of each; several are one transaction, sent as a whole. Rejects with the first failure, and nothing is changed. */
  async run(statements: readonly Statement[]): Promise<unknown[][]> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#runOnce(statements);
      } catch (error) {
        const isUndone = isFromServer(error) && undone.test(codeOf(error) ?? '');
        if (!isUndone || tries === mostTries) throw error;
      }
    }
  }

  async #runOnce(statements: readonly Statement[]): Promise<unknown[][]> {
    const [only] = statements;
    if (statements.length === 1 && only) return [(await this.#query(only)).rows];
    const results = await Promise.allSettled([
      this.#client.query('begin'),
      ...statements.map((statement) => this.#query(statement)),
      this.#client.query('commit'),
    ]);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    return results.slice(1, -1).map((result) => (result.status === 'fulfilled' ? result.value.rows : []));
  }

  #query({ text, values = [] }: Statement) {
    const name = this.#names.get(text) ?? this.#prepare(text);
    return this.#client.query({ text, values: values.map(toStorable), ...(name && { name }) });
  }

  #prepare(text: string): string | undefined {
    if (this.#names.size >= mostPrepared) return undefined;
    const name = `hotplex_${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}

/** NOTE: PostgreSQL's text has no NUL; it becomes what UTF-8 makes of half a surrogate pair. */
function toStorable(value: Value): unknown {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value;
  return Array.isArray(value) ? value.map(toStorable) : value;
}
