// Writes docs/metrics.md from the gateway's own registry; with --check says whether it is current, and whether dashboards,
// alerts and objectives name only metrics that there are.
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { metricTable } from '../apps/gateway/src/ground/metric-table.ts';
import { createPrometheus } from '../apps/gateway/src/prometheus.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const existing = createPrometheus(() => Promise.reject(new Error('nobody reads here'))).names();
const own = existing.filter(({ name }) => name.startsWith('hotplex_'));
const labelsOf = (name: string) =>
  metricTable[name.slice('hotplex_'.length) as keyof typeof metricTable].labels;

const row = ({ name, type, help }: (typeof existing)[number]) =>
  `| \`${name}\` | ${type} | ${labelsOf(name)
    .map((label) => `\`${label}\``)
    .join(', ')} | ${help} |`;

const page = `# Metrics

\`GET /metrics\` of the operators' port, with a token of the scope \`stats:read\` (\`docs/operations.md\`), for Prometheus. Labels
have values from short lists: no session, user or address is one. \`deploy/observability\` has a scrape configuration,
alerts, objectives and a Grafana dashboard. Nothing is dropped on its way to a client, so nothing counts that: who is behind
shows in \`hotplex_gateway_client_lag_events\`.

| name | type | labels | meaning |
|---|---|---|---|
${own.map(row).join('\n')}

Of the process, by the Node client of Prometheus:

${existing
  .filter(({ name }) => !name.startsWith('hotplex_'))
  .map(({ name, help }) => `- \`${name}\`: ${help}`)
  .join('\n')}
`;

const file = `${root}docs/metrics.md`;
if (!process.argv.includes('--check')) writeFileSync(file, page);
else if (!existsSync(file) || readFileSync(file, 'utf8') !== page) {
  console.error('docs/metrics.md is not what the gateway counts: run `node scripts/write-metrics.ts`');
  process.exit(1);
}

const names = new Set(
  existing.flatMap(({ name, type }) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  ),
);
const read = (path: string) => readFileSync(root + path, 'utf8');
/** What recording rules make of them. */
const recorded = [...read('deploy/observability/slo.yml').matchAll(/record: (\S+)/g)].map(
  ([, name = '']) => name,
);
const known = new Set([...names, ...recorded]);
const unknown = globSync('deploy/observability/*', { cwd: root }).flatMap((path) =>
  [...read(path).matchAll(/\b(?:hotplex[_:]|process_|nodejs_)[a-z0-9_:]+/g)]
    .map(([name]) => name)
    .filter((name) => !known.has(name))
    .map((name) => `${path}: ${name}`),
);
if (unknown.length > 0) {
  console.error(`metrics that the gateway does not have:\n${[...new Set(unknown)].join('\n')}`);
  process.exit(1);
}
