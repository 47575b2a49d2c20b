import { expect, test } from 'vitest';
import { parseSettings } from '../src/config.ts';
import type { Tree } from '../src/config-file.ts';
import { configSchema } from '../src/config-schema.ts';
import { isLive } from '../src/setting-changes.ts';
import { settingPaths } from '../src/setting-paths.ts';
import { weakens } from '../src/weakens.ts';

const [a, b] = ['programs-0123456789abcdef0123456789abcdef', 'others-0123456789abcdef0123456789abcdef'];
const rule = (name: string, decision: 'ask' | 'deny') => ({ name, decision, command: 'git push *' });

/** Of each key what is stricter first and what is weaker second. */
const cases: [key: string, stricter: Tree, weaker: Tree][] = [
  ['security.api_keys', { security: { api_keys: [a] } }, { security: { api_keys: [a, b] } }],
  ['security.reauth_grace', { security: { reauth_grace: 1 } }, { security: { reauth_grace: 2 } }],
  ['security.revocation_check', { security: { revocation_check: 1 } }, { security: { revocation_check: 2 } }],
  ['policy.mode', { policy: { mode: 'ask' } }, { policy: { mode: 'auto_allow_safe' } }],
  ['policy.rules', { policy: { rules: [rule('x', 'deny')] } }, { policy: { rules: [] } }],
  [
    'worker.allowed_work_dirs',
    { worker: { allowed_work_dirs: ['/a'] } },
    { worker: { allowed_work_dirs: [] } },
  ],
  [
    'worker.allowed_work_dirs',
    { worker: { allowed_work_dirs: ['/a'] } },
    { worker: { allowed_work_dirs: ['/a', '/b'] } },
  ],
  [
    'worker.terminal_users',
    { worker: { terminal_users: ['a'] } },
    { worker: { terminal_users: ['a', 'b'] } },
  ],
];

const weakenedBy = (before: Tree, after: Tree) => {
  const [one, other] = [parseSettings(structuredClone(before)), parseSettings(structuredClone(after))];
  return Object.keys(weakens).filter((key) => weakens[key]?.(one, other));
};

test.each(cases)('[G14] %s has a direction in which it is weaker', (key, stricter, weaker) => {
  expect(weakenedBy(stricter, weaker)).toEqual([key]);
  expect(weakenedBy(weaker, stricter)).toEqual([]);
  expect(weakenedBy(weaker, weaker)).toEqual([]);
});

test('[G14] a key or a rule in place of another lets through what was not let through before', () => {
  expect(weakenedBy({ security: { api_keys: [a] } }, { security: { api_keys: [b] } })).toEqual([
    'security.api_keys',
  ]);
  const [deny, ask] = [{ rules: [rule('x', 'deny')] }, { rules: [rule('x', 'ask')] }];
  expect(weakenedBy({ policy: deny }, { policy: ask })).toEqual(['policy.rules']);
});

test('[G14] every setting of security that a running gateway takes up has its direction', () => {
  const guarded = ['security', 'oidc', 'policy', 'admin', 'hooks', 'gateway.tls', 'uploads.fetch_hosts'];
  const more = [
    'worker.allowed_work_dirs',
    'worker.terminal_users',
    'worker.isolation',
    'worker.allow_bypass',
    'worker.sandbox',
    'worker.container',
  ];
  const live = settingPaths(configSchema)
    .filter(isLive)
    .map((path) => path.join('.'))
    .filter((key) => [...guarded, ...more].some((name) => key === name || key.startsWith(`${name}.`)));
  expect(live.sort()).toEqual(Object.keys(weakens).sort());
});
