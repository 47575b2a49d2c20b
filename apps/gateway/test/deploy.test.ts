import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseAllDocuments, parse as parseYaml } from 'yaml';
import { z } from 'zod';
import manifest from '../package.json' with { type: 'json' };
import { loadConfig, parseSettings } from '../src/config.ts';
import { endingMs } from '../src/ending-time.ts';
import { refuseUnsafe } from '../src/start-checks.ts';

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../../deploy/${path}`, import.meta.url)), 'utf8');

/** Seconds that a gateway with this configuration may need to end: its turns, then its agents and sockets. */
const secondsToEnd = (parseSettings({}).gateway.drain_timeout + endingMs) / 1_000;

const dockerfile = read('docker/Dockerfile');
const compose = z
  .object({
    services: z.object({ gateway: z.looseObject({ environment: z.record(z.string(), z.string()) }) }),
  })
  .parse(parseYaml(read('docker/compose.yaml'))).services.gateway;

const labels = z.record(z.string(), z.string());
const container = z.looseObject({
  args: z.array(z.string()),
  ports: z.array(z.object({ name: z.string(), containerPort: z.number() })),
  volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })),
});
const statefulSet = z.object({
  replicas: z.literal(1),
  selector: z.object({ matchLabels: labels }),
  template: z.object({
    metadata: z.object({ labels }),
    spec: z.looseObject({
      terminationGracePeriodSeconds: z.number(),
      containers: z.tuple([container]),
      volumes: z.array(z.looseObject({ name: z.string() })),
    }),
  }),
  volumeClaimTemplates: z.array(z.looseObject({ metadata: z.object({ name: z.string() }) })),
});
const manifests = parseAllDocuments(read('kubernetes/hotplex.yaml')).map((document) =>
  z.looseObject({ kind: z.string() }).parse(document.toJS()),
);
const ofKind = (kind: string) => manifests.find((each) => each.kind === kind);
const pod = statefulSet.parse(ofKind('StatefulSet')?.spec).template;

test('the image runs as nobody special, on what was packed, and is asked how it is', () => {
  const stages = dockerfile.split(/^FROM .*$/m);
  expect(stages).toHaveLength(3);
  const last = stages.at(-1) ?? '';
  expect(last).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
  expect(last).toContain('HEALTHCHECK');
  expect(last).toContain(`/app/node_modules/${manifest.name}/${manifest.bin.hotplex.slice('./'.length)}`);
  expect(dockerfile).toContain('--omit=dev');
  const kept = read('docker/Dockerfile.dockerignore').split('\n');
  expect(kept).toEqual(expect.arrayContaining(['.git', '**/node_modules', '**/.env*']));
});

test('compose gives it settings that there are, and no more rights than it needs', () => {
  const env = Object.fromEntries(
    Object.entries(compose.environment).map(([name, value]) => [
      name,
      value.replaceAll(/\$\{HOTPLEX_HOST[^}]*\}/g, 'chat.example.com'),
    ]),
  );
  const { config, warnings } = loadConfig({ file: undefined, env });
  expect(warnings).toEqual([]);
  refuseUnsafe(config);
  expect(compose).toMatchObject({
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    init: true,
  });
  expect(Number.parseInt(String(compose.stop_grace_period), 10)).toBeGreaterThan(secondsToEnd);
});

test('Kubernetes gets one gateway with a configuration that it starts with', () => {
  const { data } = z.object({ data: z.object({ 'config.yaml': z.string() }) }).parse(ofKind('ConfigMap'));
  const config = parseSettings(parseYaml(data['config.yaml']));
  refuseUnsafe(config);
  const { spec, metadata } = pod;
  const [gateway] = spec.containers;
  for (const path of [config.gateway.tls.cert ?? '', gateway.args.at(-1) ?? ''])
    expect(gateway.volumeMounts.some(({ mountPath }) => path.startsWith(`${mountPath}/`))).toBe(true);
  expect(config.gateway.addr.endsWith(`:${gateway.ports[0]?.containerPort}`)).toBe(true);
  for (const kind of ['StatefulSet', 'PodDisruptionBudget'])
    expect(ofKind(kind)?.spec).toMatchObject({ selector: { matchLabels: metadata.labels } });
  expect(ofKind('Service')?.spec).toMatchObject({ selector: metadata.labels });
  const { volumeClaimTemplates } = statefulSet.parse(ofKind('StatefulSet')?.spec);
  const volumes = [
    ...spec.volumes.map(({ name }) => name),
    ...volumeClaimTemplates.map((each) => each.metadata.name),
  ];
  expect(gateway.volumeMounts.map(({ name }) => name).toSorted()).toEqual(volumes.toSorted());
});

test('and a pod with no more rights than it needs, and the time to end', () => {
  const { spec } = pod;
  expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(secondsToEnd);
  expect(spec).toMatchObject({
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true },
  });
  expect(spec.containers[0]).toMatchObject({
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
  });
});

test('the unit of systemd gives it the time to end, and leaves its agents to it', () => {
  const unit = new Map(
    [...read('systemd/hotplex.service').matchAll(/^(\w+)=(.*)$/gm)].map(([, key = '', value]) => [
      key,
      value,
    ]),
  );
  expect(Number(unit.get('TimeoutStopSec'))).toBeGreaterThan(secondsToEnd);
  expect(unit.get('KillMode')).toBe('process');
  expect(unit.get('NoNewPrivileges')).toBe('yes');
  expect(unit.get('User')).toBe('hotplex');
  expect(unit.get('ExecReload')).toBe('/bin/kill -HUP $MAINPID');
  expect(unit.get('ExecStart')).toContain(`/${Object.keys(manifest.bin)[0]} serve --config `);
});
