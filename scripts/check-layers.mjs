// Imports go down the floors only, never sideways, and a room is entered by its door. Types count.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const gateway = join(root, 'apps/gateway/src');
const floors = {
  ground: 0,
  settings: 0,
  process: 1,
  worker: 2,
  store: 2,
  auth: 2,
  policy: 2,
  egress: 2,
  files: 2,
  hooks: 2,
  snapshots: 2,
  sharing: 2,
  approvals: 2,
  cluster: 2,
  session: 3,
  connection: 4,
  http: 4,
};
/** The room of the highest floor: its files compose, as those beside it do. */
const top = 'command';
const doors = {
  process: ['process/child-process.ts', 'process/environment.ts'],
  worker: ['worker/worker.ts'],
  store: ['store/store.ts'],
  auth: ['auth/identity.ts', 'auth/request-guard.ts', 'auth/forwarded-caller.ts'],
  cluster: ['cluster/router.ts'],
  policy: ['policy/policy.ts'],
  egress: ['egress/egress-proxy.ts'],
  files: ['files/session-files.ts'],
  hooks: ['hooks/hooks.ts'],
  snapshots: ['snapshots/snapshots.ts'],
  sharing: ['sharing/sharing.ts'],
  approvals: ['approvals/approval-links.ts'],
};
/** Who may import an outside library: one file, or one side of it each, below apps/gateway/src. */
const libraries = {
  ws: /^(connection\/(ws-server|node-socket|web-socket)|command\/gateway\/own-door)\.ts$/,
  'better-sqlite3': /^(store\/sqlite\/connect-sqlite|worker\/opencode\/kept-database)\.ts$/,
  kysely: /^store\/migrations\//,
  pg: /^store\/postgres\/connect-postgres\.ts$/,
  jose: /^auth\//,
  'openid-client': /^auth\/oidc-sign-in\.ts$/,
  ai: /^connection\/ai-sdk\//,
  '@hotplex/ai-sdk-transport': /^connection\/ai-sdk\//,
  unbash: /^policy\/shell\//,
  diff: /^snapshots\/text-diff\.ts$/,
  ignore: /^ground\/ignore-rules\.ts$/,
  yaml: /^config-file\.ts$/,
  'smol-toml': /^config-file\.ts$/,
  ...Object.fromEntries(
    ['transport-node', 'jetstream', 'kv'].map((name) => [`@nats-io/${name}`, /^cluster\/nats\//]),
  ),
  pino: /^log\.ts$/,
  ...Object.fromEntries(
    ['api', 'core', 'exporter-trace-otlp-http', 'resources', 'sdk-trace'].map((name) => [
      `@opentelemetry/${name}`,
      /^otlp-tracing\.ts$/,
    ]),
  ),
  'prom-client': /^prometheus\.ts$/,
  // A gateway inside a program is spoken to as any other, and so is what stands behind a front door, or by the commands.
  '@hotplex/client-sdk':
    /^(command\/\S+|index|engine|engine-questions|gateway|connection\/(inner-\S+|own-client|engine\/engine-visit))\.ts$/,
};
/** What each package may import from the workspace. */
const packages = {
  'packages/aep-protocol': [],
  'packages/client-sdk': ['aep-protocol'],
  'packages/ai-sdk-transport': ['aep-protocol', 'client-sdk'],
  'apps/webchat': ['aep-protocol', 'client-sdk', 'ai-sdk-transport'],
  // Its front doors are clients of its own.
  'apps/gateway': ['aep-protocol', 'client-sdk', 'ai-sdk-transport'],
};

const problems = [];
const importsOf = (file) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]);
const roomOf = (path) => (path.includes('/') ? path.split('/')[0] : undefined);
const isTop = (room) => room === undefined || room === top;

for (const file of globSync('**/*.ts', { cwd: gateway })) {
  const room = roomOf(file);
  const floor = isTop(room) ? 5 : floors[room];
  if (floor === undefined)
    problems.push(`apps/gateway/src/${file}: the room ${room} has no floor in scripts/check-layers.mjs`);
  for (const target of importsOf(join(gateway, file))) {
    const owner =
      libraries[
        target
          .split('/')
          .slice(0, target.startsWith('@') ? 2 : 1)
          .join('/')
      ];
    if (owner && !owner.test(file))
      problems.push(`apps/gateway/src/${file} imports ${target}, which belongs to ${owner}`);
    if (!target.startsWith('.')) continue;
    const path = relative(gateway, join(gateway, dirname(file), target));
    const other = roomOf(path);
    if (other === top && room !== top && file !== 'main.ts')
      problems.push(`${file} → ${path}: only main.ts knows the commands`);
    if (isTop(room) || room === other) continue;
    if (isTop(other)) problems.push(`${file} → ${path}: imports go down, not up`);
    else if (floors[other] >= floor)
      problems.push(`${file} → ${path}: floor ${floor} may not import floor ${floors[other]}`);
    else if (doors[other] && !doors[other].includes(path))
      problems.push(`${file} → ${path}: enter ${other}/ by ${doors[other].join(' or ')}`);
  }
}

for (const [folder, allowed] of Object.entries(packages)) {
  for (const file of globSync('{src,app,components,lib}/**/*.{ts,tsx}', { cwd: join(root, folder) })) {
    for (const target of importsOf(join(root, folder, file))) {
      const name = /^@hotplex\/([^/]+)/.exec(target)?.[1];
      if (name && !allowed.includes(name)) problems.push(`${folder}/${file} may not import ${target}`);
      if (folder.startsWith('packages/') && target.startsWith('node:'))
        problems.push(`${folder}/${file} imports ${target}: packages run in browsers`);
    }
  }
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log('floors and doors: imports are in order');
