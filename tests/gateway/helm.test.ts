import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseAllDocuments, parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { loadConfig, parseSettings } from '../../apps/gateway/src/config.ts';
import { configSchema } from '../../apps/gateway/src/config-schema.ts';
import { endingPatienceMs } from '../../apps/gateway/src/ending-time.ts';
import { settingAt, settingPaths } from '../../apps/gateway/src/setting-paths.ts';
import { refuseUnsafe } from '../../apps/gateway/src/start-checks.ts';
import { findHelm } from '../support/find-helm.ts';
import { createNewcomer, shellBlocks } from '../support/newcomer.ts';
import { clusters } from '../support/wanted-clusters.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const chart = join(root, 'deploy/helm/hotplex');
const folder = mkdtempSync(join(tmpdir(), 'hotplex-helm-'));
const bin = (name: string) => join(folder, 'bin', name);
let helm = '';

beforeAll(async () => {
  await run(process.env.PYTHON ?? 'python3', ['-m', 'venv', folder]);
  const pip = ['-m', 'pip', '--disable-pip-version-check', '--quiet', 'install', '--no-compile'];
  await run(bin('python'), [...pip, 'kubernetes-validate==1.37.0']);
  helm = await findHelm(bin('python'), folder);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const named = z.object({ name: z.string() });
const resource = z.looseObject({ kind: z.string(), metadata: named.loose() });
type Resource = z.infer<typeof resource>;
const parseResources = (text: string): Resource[] =>
  parseAllDocuments(text)
    .map((document) => resource.parse(document.toJS()))
    .toSorted((a, b) => `${a.kind}/${a.metadata.name}`.localeCompare(`${b.kind}/${b.metadata.name}`));

/** What the chart says with these values, as text. Rejects with what Helm says against them. */
async function render(values: object): Promise<string> {
  const file = join(folder, 'values.json');
  writeFileSync(file, JSON.stringify(values));
  return (await run(helm, ['template', 'hotplex', chart, '--values', file])).stdout;
}

/** Values that set one thing, at a path such as `autoscaling.enabled`. */
const setting = (path: string, value: unknown): object =>
  path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as object;

test('Helm finds nothing in the chart', async () => {
  await run(helm, ['lint', '--strict', chart]);
});

test('with its default values the chart is deploy/kubernetes/cluster.yaml, as its script writes it', async () => {
  const file = readFileSync(join(root, 'deploy/kubernetes/cluster.yaml'), 'utf8');
  expect(parseResources(await render({}))).toEqual(parseResources(file));
  const env = { ...process.env, HELM: helm };
  await run(process.execPath, [join(root, 'scripts/write-kubernetes.ts'), '--check'], { env });
});

test.each(Object.entries(clusters))('%s: Kubernetes knows all of it', async (_, { resources, values }) => {
  const file = join(folder, 'cluster.yaml');
  writeFileSync(file, await render(values));
  for (const version of ['1.31', '1.37']) {
    const { stdout, stderr } = await run(bin('kubernetes-validate'), ['--strict', '-k', version, file]);
    expect(`${stdout}${stderr}`.match(/ passed for resource /g)).toHaveLength(resources);
  }
});

const pods = z.object({
  spec: z.object({
    template: z.object({
      spec: z.object({
        containers: z.tuple([z.looseObject({ volumeMounts: z.array(named) })]),
        volumes: z.array(named),
      }),
    }),
    volumeClaimTemplates: z.array(z.object({ metadata: named })),
  }),
});

test.each(Object.entries(clusters))('%s: gateways would start with it', async (_, { values }) => {
  const all = parseResources(await render(values));
  const { data } = z
    .looseObject({ data: z.object({ 'config.yaml': z.string() }) })
    .parse(all.find(({ kind }) => kind === 'ConfigMap'));
  const text = data['config.yaml']
    .replaceAll('${', '')
    .replaceAll(/KEY}/g, 'of-a-test-and-of-nothing-else-at-all');
  refuseUnsafe(parseSettings(parseYaml(text)));
  const { template, volumeClaimTemplates } = pods.parse(all.find(({ kind }) => kind === 'StatefulSet')).spec;
  const there = [...template.spec.volumes, ...volumeClaimTemplates.map(({ metadata }) => metadata)];
  const [{ volumeMounts }] = template.spec.containers;
  expect(volumeMounts.map(({ name }) => name).toSorted()).toEqual(there.map(({ name }) => name).toSorted());
});

test('what values say of the configuration is in it, beside what the chart says', async () => {
  const text = await render(clusters['secrets of other names, and agents with keys']?.values ?? {});
  for (const line of [
    'max_frame_size: 4194304',
    '- agents.example.org:8443',
    '- chat.example.net',
    'averageValue: 350m',
  ])
    expect(text).toContain(line);
});

test.each<[path: string, value: unknown, words: string | RegExp]>([
  ['replcas', 3, /replcas/],
  ['autoscaling.enabled', 'maybe', /autoscaling.enabled/],
  ['replicas', 0, /replicas/],
  ['workspace.size', 'large', /workspace.size/],
  ['data.accessMode', 'ReadWriteMany', /data.accessMode/],
  ['host', 'https://chat.example.com', /\bhost'?: /],
  ['config', { inherits: '/data/other.yaml' }, /inherits/],
  ['config.sesion.retention', '90d', /sesion/],
  ['config.session.retentoin', '90d', /retentoin/],
  ['postgresql.url', 'postgres://db/hotplex', "set postgresql.existingSecret to '' to use the address"],
  ['nats.url', 'nats://nats:4222', "set nats.existingSecret to '' to use the address"],
  [
    'postgresql.existingSecret',
    '',
    'name the Secret that has the address under the key postgresql.secretKey',
  ],
  ['nats.existingSecret', '', 'name the Secret that has the address under the key nats.secretKey'],
  ['cluster.existingSecret', '', 'cluster.existingSecret is empty: name the Secret that has what seals'],
  ['tls.existingSecret', '', 'tls.existingSecret is empty: name the Secret that has the certificate'],
  ['autoscaling.minReplicas', 10, 'autoscaling.minReplicas (10) is more than autoscaling.maxReplicas (9)'],
  ['workspace', { shared: false }, 'set autoscaling.enabled to false and say how many there are by replicas'],
  [
    'config.worker.pool.max',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as the gateway would fill it in.
    '${MAX}',
    'config.worker.pool.max is not a number, and autoscaling reckons with it',
  ],
  ['config.admin.allow_remote', false, "config.admin.allow_remote is the chart's to say"],
  [
    'extraEnv',
    [{ name: 'HOTPLEX_SECURITY_ALLOWED_HOSTS', value: 'chat.example.net' }],
    'extraEnv sets HOTPLEX_SECURITY_ALLOWED_HOSTS',
  ],
  ['service.externalTrafficPolicy', 'Local', 'set service.type to LoadBalancer or NodePort'],
  ['extraEnv', [{ name: 'HOTPLEX_DB_URL', value: 'postgres://db' }], 'extraEnv sets HOTPLEX_DB_URL'],
  [
    'extraEnv',
    [{ name: 'HOTPLEX_GATEWAY_TLS_CERT', value: '/cert' }],
    'extraEnv sets HOTPLEX_GATEWAY_TLS_CERT',
  ],
  [
    'config.gateway.drain_timeout',
    '1m',
    "config.gateway.drain_timeout is the chart's to say: set drain.seconds",
  ],
  ['config.db.url', 'postgres://db', 'put it into the Secret of postgresql.existingSecret'],
])('%s %j is refused, and the answer names it and says what to do', async (path, value, words) => {
  await expect(render(setting(path, value))).rejects.toThrow(words);
});

test('a claim is one volume for all gateways', async () => {
  const values = { autoscaling: { enabled: false }, workspace: { shared: false, existingClaim: 'nfs' } };
  await expect(render(values)).rejects.toThrow('or set workspace.shared to true');
});

test('an ingress has no port of its own', async () => {
  const values = { host: 'chat.example.com:8443', ingress: { enabled: true } };
  await expect(render(values)).rejects.toThrow('host (chat.example.com:8443) has a port');
});

test('no secret of the configuration gets into a ConfigMap', async () => {
  const secrets = settingPaths(configSchema).filter((path) => settingAt(configSchema, path).meta()?.secret);
  expect(secrets.length).toBeGreaterThan(5);
  for (const path of secrets) {
    const given = setting(`config.${path.join('.')}`, ['a-secret']);
    await expect(render(given), path.join('.')).rejects.toThrow(`config.${path.join('.')} `);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the first is as it should be.
    const half = setting(`config.${path.join('.')}`, ['${A_SECRET}', 'a-secret']);
    await expect(render(half), path.join('.')).rejects.toThrow(`config.${path.join('.')} `);
  }
});

test('where the chart knows a number of the gateway, it is that number', async () => {
  const places = parseSettings({}).worker.pool.max;
  await expect(render(setting('autoscaling.sessionsPerGateway', places))).rejects.toThrow(
    `config.worker.pool.max (${places}), so that there would never be another gateway`,
  );
  const drained = parseSettings({}).gateway.drain_timeout / 1_000;
  expect(await render({})).toContain(
    `name: HOTPLEX_GATEWAY_DRAIN_TIMEOUT\n              value: ${drained}s\n`,
  );
  await expect(render(setting('drain.seconds', 100))).rejects.toThrow(
    `set it to ${100 + endingPatienceMs / 1_000} or more`,
  );
});

test('docs/cluster.md, "With Helm", word for word, with a helm that renders and a kubectl that does nothing', async () => {
  using somebody = createNewcomer({ url: '' });
  const noCluster = `
helm() { '${helm}' template "\${@:2}"; }
kubectl() { echo "kubectl $*"; }
curl() { echo '"workers":{}'; }
`;
  const typed = await somebody.type(noCluster + shellBlocks('cluster.md', 'With Helm').join('\n'), {
    cwd: root,
  });
  const of = (name: string) => new RegExp(`--from-literal=${name}=(\\S+)`).exec(typed)?.[1];
  const { config } = loadConfig({
    file: undefined,
    env: {
      ...{ HOTPLEX_ADMIN_TOKENS: of('admin-tokens'), HOTPLEX_CLUSTER_SECRET: of('secret') },
      ...{ HOTPLEX_DB_URL: of('db-url'), HOTPLEX_CLUSTER_URL: of('nats-url') },
    },
  });
  expect(config.admin.tokens).toMatchObject([{ name: 'prometheus', scopes: ['stats:read'] }]);
  expect(config.cluster.url).toBe('tls://hotplex:PASSWORD@nats.example.com:4222');
  const lines = typed.matchAll(/^ +((?:replicas|image|averageValue|terminationGracePeriodSeconds): .*)$/gm);
  const [one, three, ends] = ['replicas: 1', 'replicas: 3', 'terminationGracePeriodSeconds: 45'];
  const [first, next] = ['image: images.example.com/hotplex:1', 'image: images.example.com/hotplex:2'];
  expect(Array.from(lines, ([, line]) => line)).toEqual([
    ...[one, ends, first],
    ...[three, ends, first],
    // Here the autoscaler says how many.
    ...[ends, first],
    ...[three, ends, next],
    ...[three, 'terminationGracePeriodSeconds: 1820', next],
  ]);
});
