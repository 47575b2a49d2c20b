import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseAllDocuments, parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { loadConfig, parseSettings } from '../src/config.ts';
import { endingMs } from '../src/ending-time.ts';
import { metricTable } from '../src/ground/metric-table.ts';
import { publicPermissions } from '../src/http/permissions.ts';
import { refuseUnsafe } from '../src/start-checks.ts';

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../../deploy/${path}`, import.meta.url)), 'utf8');
const secondsToEnd = (parseSettings({}).gateway.drain_timeout + endingMs) / 1_000;
const secret = 'of-a-test-cluster-and-of-nothing-else';

const strings = z.record(z.string(), z.string());
const manifests = parseAllDocuments(read('kubernetes/cluster.yaml')).map((document) =>
  z.looseObject({ kind: z.string(), metadata: z.object({ name: z.string() }) }).parse(document.toJS()),
);
const specOf = (kind: string) => z.looseObject({}).parse(manifests.find((each) => each.kind === kind)?.spec);
const from = z.object({
  valueFrom: z.union([
    z.object({ fieldRef: z.object({ fieldPath: z.string() }) }),
    z.object({ secretKeyRef: z.object({ name: z.string(), key: z.string() }) }),
  ]),
});
const probe = z.looseObject({ httpGet: z.object({ path: z.string() }).optional() });
const statefulSet = z.looseObject({
  // How many there are is the autoscaler's business.
  replicas: z.undefined().optional(),
  serviceName: z.string(),
  selector: z.object({ matchLabels: strings }),
  template: z.object({
    metadata: z.object({ labels: strings }),
    spec: z.looseObject({
      terminationGracePeriodSeconds: z.number(),
      containers: z.tuple([
        z.looseObject({
          env: z.array(z.object({ name: z.string() }).and(from.or(z.object({ value: z.string() })))),
          ports: z.array(z.object({ name: z.string(), containerPort: z.number() })),
          volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })),
          ...{ startupProbe: probe, livenessProbe: probe, readinessProbe: probe },
        }),
      ]),
      volumes: z.array(z.looseObject({ name: z.string() })),
    }),
  }),
  volumeClaimTemplates: z.array(z.looseObject({ metadata: z.object({ name: z.string() }) })),
});
const set = statefulSet.parse(specOf('StatefulSet'));
const [container] = set.template.spec.containers;

test('Kubernetes gets a cluster with a configuration that each pod starts with, under its own name', () => {
  const secrets: Record<string, string> = {
    ...{ secret, 'db-url': 'postgres://hotplex:x@db/hotplex', 'nats-url': 'tls://hotplex:x@nats:4222' },
    'admin-tokens': `[{"name":"prometheus","token":"${secret}","scopes":["stats:read"]}]`,
  };
  const env: Record<string, string> = {};
  for (const { name, ...given } of container.env) {
    if ('value' in given) env[name] = given.value.replaceAll(/\$\((\w+)\)/g, (_, of) => env[of] ?? '');
    else if ('fieldRef' in given.valueFrom)
      env[name] = given.valueFrom.fieldRef.fieldPath === 'metadata.name' ? 'hotplex-cluster-2' : 'agents';
    else env[name] = secrets[given.valueFrom.secretKeyRef.key] ?? '';
  }
  const { NAMESPACE: _, HOME: home, ...ours } = env;
  const { data } = z
    .looseObject({ data: z.object({ 'config.yaml': z.string() }) })
    .parse(manifests.find(({ kind }) => kind === 'ConfigMap'));
  const file = parseSettings(parseYaml(data['config.yaml']));
  refuseUnsafe(file);
  const { config, warnings } = loadConfig({ file: undefined, env: ours });
  expect(warnings).toEqual([]);
  expect(config.cluster).toMatchObject({ node: 'hotplex-cluster-2', secret, url: secrets['nats-url'] });
  expect(config.admin.allowed_hosts).toEqual([`hotplex-cluster-2.${set.serviceName}.agents.svc:9999`]);
  const mounted = container.volumeMounts.map(({ mountPath }) => mountPath);
  expect(mounted).toEqual(
    expect.arrayContaining([
      home,
      dirname(file.db.path),
      file.worker.default_work_dir,
      file.cluster.shared_dir,
    ]),
  );
  for (const { addr } of [file.gateway, file.admin])
    expect(container.ports.map(({ containerPort }) => containerPort)).toContain(Number(addr.split(':')[1]));
  const volumes = [...set.template.spec.volumes, ...set.volumeClaimTemplates.map(({ metadata }) => metadata)];
  expect(container.volumeMounts.map(({ name }) => name).toSorted()).toEqual(
    volumes.map(({ name }) => name).toSorted(),
  );
});

test('pods end in time, are asked what is answered to anyone, and are counted by a metric that there is', () => {
  expect(set.template.spec.terminationGracePeriodSeconds).toBeGreaterThan(secondsToEnd);
  expect(publicPermissions[`GET ${container.readinessProbe.httpGet?.path}`]).toBe('anyone');
  // NATS or PostgreSQL that are away are no reason to start a gateway anew.
  expect([container.livenessProbe.httpGet, container.startupProbe.httpGet]).toEqual([undefined, undefined]);
  const { metrics, scaleTargetRef } = z
    .looseObject({
      scaleTargetRef: z.object({ kind: z.string(), name: z.string() }),
      metrics: z.array(z.object({ pods: z.object({ metric: z.object({ name: z.string() }) }) }).loose()),
    })
    .parse(specOf('HorizontalPodAutoscaler'));
  expect(manifests).toContainEqual(
    expect.objectContaining({
      kind: scaleTargetRef.kind,
      metadata: expect.objectContaining({ name: scaleTargetRef.name }),
    }),
  );
  for (const { pods } of metrics)
    expect(Object.keys(metricTable)).toContain(pods.metric.name.replace(/^hotplex_/, ''));
});

test('and all that selects pods selects these', () => {
  const { labels } = set.template.metadata;
  expect(set.selector.matchLabels).toEqual(labels);
  expect(specOf('PodDisruptionBudget')).toMatchObject({ selector: { matchLabels: labels } });
  expect(specOf('NetworkPolicy')).toMatchObject({ podSelector: { matchLabels: labels } });
  const selected = manifests.filter(({ kind }) => kind === 'Service');
  expect(selected.map(({ metadata }) => metadata.name)).toContain(set.serviceName);
  for (const { spec } of selected) expect(spec).toMatchObject({ selector: labels });
});
