import type { Config } from '../config-schema.ts';
import { expandPath } from '../start-checks.ts';
import { ChainCheck } from '../store/audit-chain.ts';
import { readAudit } from '../store/sqlite/read-audit.ts';
import type { AuditRecord } from '../store/store.ts';
import type { RunCommand } from './command.ts';
import { openConfig } from './open-config.ts';
import { readArguments } from './read-arguments.ts';
import { audit } from './table/audit.ts';
import { UsageError } from './usage-error.ts';

/** Checks the audit log, or prints it. */
export const runAudit: RunCommand = async (args) => {
  const { action, values } = readArguments(audit, args);
  if (action === 'export' && !values.jsonl)
    throw new UsageError('hotplex audit export needs --jsonl, the only format there is');
  const records = await openAudit(openConfig(values.config).config.db);
  if (action === 'verify') return verify(records, values);
  for (const record of records) console.log(JSON.stringify(toLine(record)));
  return 0;
};

/** All records of the gateway’s database, whichever it is. Throws StartError. */
async function openAudit({ path, url }: Config['db']): Promise<Iterable<AuditRecord>> {
  if (url === undefined) return readAudit(expandPath(path));
  const { readPostgresAudit } = await import('../store/postgres/read-audit.ts');
  return readPostgresAudit(url);
}

function verify(records: Iterable<AuditRecord>, { head, json }: { head?: string; json?: true }): number {
  const check = new ChainCheck();
  const problem = problemOf(records, { check, head });
  const { length } = check;
  if (json) console.log(JSON.stringify({ whole: !problem, records: length, head: check.head, problem }));
  else if (problem === undefined)
    console.log(`the audit log is whole: ${length} records, head ${check.head}`);
  else console.log(`the audit log is broken: ${problem}`);
  return problem === undefined ? 0 : 1;
}

/** What is wrong with the chain of records; undefined if it is whole, and has the head that was seen before. */
function problemOf(
  records: Iterable<AuditRecord>,
  { check, head }: { check: ChainCheck; head: string | undefined },
): string | undefined {
  let hasHead = head === undefined;
  for (const record of records) {
    const problem = check.problemOf(record);
    if (problem !== undefined) return problem;
    hasHead ||= record.hash === head;
  }
  return hasHead ? undefined : `it ends before ${head}`;
}

/** As the protocol names its fields. */
function toLine({ sessionId, inputHash, time, ...record }: AuditRecord) {
  return { ...record, time: new Date(time).toISOString(), session_id: sessionId, input_hash: inputHash };
}
