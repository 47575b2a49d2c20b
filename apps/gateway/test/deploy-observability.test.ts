import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const folder = join(import.meta.dirname, '../../../deploy/observability');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

/** Whether a query has one value for all nodes together; the objectives of slo.yml do. */
const isOfAll = (query: string) =>
  /^(hotplex:|histogram_quantile\(|(sum|max|min|avg)\b)/.test(query) && !/by \([^)]*instance/.test(query);

test('the dashboard draws one line for all nodes of a cluster, or says which node each one is of', () => {
  const { panels } = JSON.parse(read('grafana-dashboard.json')) as {
    panels: { title: string; targets: { expr: string; legendFormat: string }[] }[];
  };
  for (const { title, targets } of panels)
    for (const { expr, legendFormat } of targets)
      expect(legendFormat.includes('{{instance}}'), `${title}: ${expr}`).toBe(!isOfAll(expr));
});

test('an alert about one node says which', () => {
  const { groups } = parse(read('alerts.yml')) as {
    groups: { rules: { alert: string; expr: string; annotations: { summary: string } }[] }[];
  };
  for (const { alert, expr, annotations } of groups.flatMap(({ rules }) => rules))
    expect(annotations.summary.includes('{{ $labels.instance }}'), alert).toBe(!isOfAll(expr));
});
