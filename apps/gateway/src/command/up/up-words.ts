import type { GatewayRecord } from '../../gateway-record.ts';
import type { ListedAgent } from '../../list-agents.ts';

/** A gateway that runs in the background, and how to get in. */
export type Up = {
  record: GatewayRecord;
  /** Whether this command has started it. */
  started: boolean;
  link: string;
  agents: readonly ListedAgent[];
  dataDir: string;
  /** Whether a browser was told to open the link. */
  opened: boolean;
};

/** What a person reads of it. */
export function upWords({ record, started, link, agents, dataDir, opened }: Up): string {
  const { url, version, log_file: logFile } = record;
  const rows = [
    ['Agents', agentWords(agents)],
    ['Data', dataDir],
    ['Log', logFile ?? 'where the gateway was started'],
    ['Stop', 'hotplex gateway stop'],
  ];
  return [
    `HotPlex ${version} ${started ? 'runs now' : 'ran already'} at ${url}`,
    `${opened ? 'Your browser opens this link. It' : 'Open this link. It'} signs you in, once:`,
    `\n  ${link}\n`,
    ...rows.map(([what = '', words]) => `${what.padEnd(8)}${words}`),
  ].join('\n');
}

function agentWords(agents: readonly ListedAgent[]): string {
  const real = agents.flatMap((agent) =>
    agent.available && agent.tested !== null ? [`${agent.title} ${agent.version ?? ''}`.trim()] : [],
  );
  return real.length === 0
    ? 'only the demo, without a model behind it: hotplex agents says how to get others'
    : `${real.join(', ')} (hotplex agents says how to get others)`;
}

/** What a program reads of it. */
export function upData({ record, started, link, agents, dataDir }: Up): object {
  const { pid, url, version, started_at, log_file } = record;
  return {
    ...{ started, url, sign_in_link: link, version, pid, started_at },
    ...{ agents, data_dir: dataDir, log_file },
  };
}
