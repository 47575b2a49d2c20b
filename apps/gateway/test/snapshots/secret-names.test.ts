import { expect, test } from 'vitest';
import { isSecretName } from '../../src/snapshots/secret-names.ts';

test.for([
  ...['.env', '.ENV', '.env.production', 'prod.env', 'deploy/Prod.Env', '.envrc', '.dev.vars'],
  ...['.dev.vars.staging', 'secrets.yaml', 'secret.yml', 'Secrets.json', 'terraform.tfvars'],
  ...['a.auto.tfvars.json', 'x.tfstate', '.htpasswd', 'kubeconfig', 'prod.kubeconfig', 'kubeconfig.yaml'],
  ...['.dockerconfigjson', '.npmrc', '.yarnrc.yml', 'id_ed25519', 'id_ed25519_sk', 'server.KEY'],
  ...['.aws/credentials', 'infra/.AWS/credentials', '.kube/config', '.docker/config.json'],
  ...['rclone.conf', '.bash_history', '.zsh_history', 'credentials.json', 'service-account-1.json'],
])('%s is not copied', (path) => {
  expect(isSecretName(path)).toBe(true);
});

test.for([
  ...['.env.example', '.ENV.Sample', '.env.local.template', '.env.dist', 'example.env', '.dev.vars.example'],
  ...['environment.ts', 'src/env.ts', 'secrets.ts', 'credentials', 'config', 'config.json', 'history.md'],
  ...['id_ed25519.pub', 'terraform.tfvars.example', 'keyboard.ts', '.aws/config.ts', 'a.env/readme.md'],
])('%s is an ordinary file', (path) => {
  expect(isSecretName(path)).toBe(false);
});
