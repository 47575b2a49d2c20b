import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type GaugeName, type LabelsOf, type MetricName, metricTable } from './ground/metric-table.ts';
import type { Metrics } from './ground/metrics.ts';

/** How a gauge stands: a value for each set of labels. */
export type Reading = { [N in GaugeName]: readonly { labels: LabelsOf<N>; value: number }[] };

export type Prometheus = {
  metrics: Metrics;
  /** The text that Prometheus reads: https://prometheus.io/docs/instrumenting/exposition_formats/ */
  render(): Promise<{ text: string; contentType: string }>;
  /** The names and types of all there are, those of the Node process among them. */
  names(): { name: string; help: string; type: string }[];
};

const prefix = 'hotplex_';

/** The only file that knows `prom-client`: every metric of the table, and those of the process. `read` looks at the gauges. */
export function createPrometheus(read: () => Promise<Reading>): Prometheus {
  const registry = new Registry();
  const counters = new Map<MetricName, Counter>();
  const histograms = new Map<MetricName, Histogram>();
  const gauges = new Map<GaugeName, Gauge>();
  for (const [name, shape] of Object.entries(metricTable) as [
    MetricName,
    (typeof metricTable)[MetricName],
  ][]) {
    const options = {
      ...{ name: `${prefix}${name}`, help: shape.help, labelNames: [...shape.labels], registers: [registry] },
    };
    if (shape.type === 'counter') counters.set(name, new Counter(options));
    else if (shape.type === 'gauge') gauges.set(name as GaugeName, new Gauge(options));
    else histograms.set(name, new Histogram({ ...options, buckets: [...shape.buckets] }));
  }
  collectDefaultMetrics({ register: registry });
  return {
    metrics: {
      count: (name, labels, by = 1) => counters.get(name)?.inc(labels, by),
      observe: (name, labels, value) => histograms.get(name)?.observe(labels, value),
    },
    async render() {
      const reading = await read();
      for (const [name, gauge] of gauges) {
        gauge.reset();
        // One without labels would stand at 0, also if nobody can tell how it stands.
        gauge.remove({});
        for (const { labels, value } of reading[name]) gauge.set(labels, value);
      }
      return { text: await registry.metrics(), contentType: registry.contentType };
    },
    names: () =>
      registry.getMetricsAsArray().map(({ name, help, type }) => ({ name, help, type: String(type) })),
  };
}
