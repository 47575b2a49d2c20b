// Writes deploy/kubernetes/cluster.yaml, what the chart comes to with its default values, and the chart's version, which is the
// gateway's; with --check only says whether they are current. Needs Helm 3 or 4: `helm`, or the program that HELM names.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import gateway from '../apps/gateway/package.json' with { type: 'json' };

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const chart = 'deploy/helm/hotplex';

const head = `# Written by scripts/write-kubernetes.ts from the chart in deploy/helm/hotplex, with its default values: change that, not this.
# kubectl apply -f deploy/kubernetes/cluster.yaml, after:
# - chat.example.com is the name that your users have for it, here and in the secret's certificate:
#   kubectl create secret tls hotplex-tls --cert=chat.crt --key=chat.key
# - image: is where you pushed what deploy/docker/Dockerfile builds.
# - a PostgreSQL and a NATS with JetStream are there, and a secret says where, with a value of \`openssl rand -hex 32\` for each X:
#   kubectl create secret generic hotplex-cluster --from-literal=secret=X \\
#     --from-literal=db-url='postgres://hotplex:PASSWORD@db.example.com/hotplex?sslmode=verify-full' \\
#     --from-literal=nats-url='tls://hotplex:PASSWORD@nats.example.com:4222' \\
#     --from-literal=admin-tokens='[{"name":"prometheus","token":"X","scopes":["stats:read"]}]'
# It is the gateway of hotplex.yaml, several times: apply one of the two. docs/cluster.md says what holds when something breaks, and
# how to have it otherwise with Helm.
`;

/** The resources as Helm says them, without the names of its files and the empty lines that its versions differ in. */
function render(): string {
  const args = ['template', 'hotplex', at(chart), '--namespace', 'default'];
  const text = execFileSync(process.env.HELM ?? 'helm', args, { encoding: 'utf8' });
  const resources = text
    .split(/^---$/m)
    .map((resource) => resource.replace(/^# Source: .*\n/m, '').trim())
    .filter((resource) => resource !== '');
  return `${head}${resources.join('\n---\n')}\n`;
}

const ofGateway = readFileSync(at(`${chart}/Chart.yaml`), 'utf8')
  .replace(/^version: .*$/m, `version: ${gateway.version}`)
  .replace(/^appVersion: .*$/m, `appVersion: "${gateway.version}"`);

/** Chart.yaml comes first: what is rendered has its version. */
const files: [path: string, text: () => string][] = [
  [`${chart}/Chart.yaml`, () => ofGateway],
  ['deploy/kubernetes/cluster.yaml', render],
];
for (const [path, text] of files) {
  if (!process.argv.includes('--check')) writeFileSync(at(path), text());
  else if (readFileSync(at(path), 'utf8') !== text()) {
    console.error(
      `${path} is not what the chart and its values say: run \`node scripts/write-kubernetes.ts\``,
    );
    process.exit(1);
  }
}
