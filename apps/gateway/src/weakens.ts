import type { Config } from './config-schema.ts';

/**
 * Of every setting of security that a running gateway takes up: whether the value after lets more through than the one
 * before (requirement G14). Those that are not here wait for a restart in either direction.
 */
export const weakens: Readonly<Record<string, (before: Config, after: Config) => boolean>> = {
  'security.api_keys': (before, after) => hasMore(before.security.api_keys, after.security.api_keys),
  'security.reauth_grace': (before, after) => after.security.reauth_grace > before.security.reauth_grace,
  'security.revocation_check': (before, after) =>
    after.security.revocation_check > before.security.revocation_check,
  'policy.mode': (before, after) => before.policy.mode === 'ask' && after.policy.mode !== 'ask',
  'policy.rules': (before, after) => hasMore(after.policy.rules, before.policy.rules),
  'worker.terminal_users': ({ worker: before }, { worker: after }) =>
    hasMore(before.terminal_users, after.terminal_users),
  // None is any.
  'worker.allowed_work_dirs': ({ worker: before }, { worker: after }) =>
    before.allowed_work_dirs.length > 0 &&
    (after.allowed_work_dirs.length === 0 || hasMore(before.allowed_work_dirs, after.allowed_work_dirs)),
};

/** Whether something is in the second that is not, just so, in the first. */
function hasMore(before: readonly unknown[], after: readonly unknown[]): boolean {
  const known = new Set(before.map((item) => JSON.stringify(item)));
  return after.some((item) => !known.has(JSON.stringify(item)));
}
