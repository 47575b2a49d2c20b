import { StartError } from '../ground/start-error.ts';
import { expandPath } from '../start-checks.ts';
import { ChainCheck } from '../store/audit-chain.ts';
import { readAudit } from '../store/sqlite/read-audit.ts';
import type { AuditRecord } from '../store/store.ts';
import type { Command } from './command.ts';
import { openConfig } from './open-config.ts';
import { parseArguments } from './parse-arguments.ts';

const help = `hotplex audit – who decided and changed what; also while the gateway runs

  hotplex audit verify [--head HASH]   whether all records are there and as they were written
  hotplex audit export --jsonl         all records, one JSON object a line, oldest first

  --head HASH     what an earlier verify printed: it must still be there, or the end was cut off
  --config FILE   the configuration that says where the database is

  Exit code of verify: 0 if it is whole, 1 if it is not.`;

const options = {
  config: { type: 'string', short: 'c' },
  head: { type: 'string' },
  jsonl: { type: 'boolean', default: false },
} as const;

/** Checks the audit log, or prints it. */
export const auditCommand: Command = {
  name: 'audit',
  usage: [['audit verify | export --jsonl', 'who decided and changed what; see hotplex audit --help']],
  help,
  async run(args) {
    const { what, config, head } = readArguments(args);
    const records = readAudit(expandPath(openConfig(config).config.db.path));
    if (what === 'verify') return verify(records, head);
    for (const record of records) console.log(JSON.stringify(toLine(record)));
    return 0;
  },
};

function verify(records: Iterable<AuditRecord>, head: string | undefined): number {
  const check = new ChainCheck();
  let hasHead = head === undefined;
  for (const record of records) {
    const problem = check.problemOf(record);
    if (problem !== undefined) {
      console.log(`the audit log is broken: ${problem}`);
      return 1;
    }
    hasHead ||= record.hash === head;
  }
  if (!hasHead) {
    console.log(`the audit log is broken: it ends before ${head}`);
    return 1;
  }
  console.log(`the audit log is whole: ${check.length} records, head ${check.head}`);
  return 0;
}

/** As the protocol names its fields. */
function toLine({ sessionId, inputHash, time, ...record }: AuditRecord) {
  return { ...record, time: new Date(time).toISOString(), session_id: sessionId, input_hash: inputHash };
}

function readArguments(args: readonly string[]) {
  const { values, positionals } = parseArguments(args, options);
  const [what, ...more] = positionals;
  if (more.length > 0 || (what !== 'verify' && what !== 'export'))
    throw new StartError('it is: hotplex audit verify, or hotplex audit export --jsonl: see --help');
  if (what === 'export' && !values.jsonl)
    throw new StartError('hotplex audit export needs --jsonl, the only format there is');
  return { what, config: values.config, head: values.head };
}
