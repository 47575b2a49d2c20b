import { expect, test } from 'vitest';
import { toPermissionFlags } from '../../../src/worker/acpx/permission.ts';

function policyOf(options: Parameters<typeof toPermissionFlags>[0]) {
  const flags = toPermissionFlags(options);
  expect(flags).toContain('--deny-all');
  const [policy = ''] = flags.filter((flag) => flag.startsWith('--policy='));
  return JSON.parse(policy.replace('--policy=', '')) as Record<string, string[]>;
}

test.each(['default', 'dontAsk'])('[D5] %s: whatever the agent asks for is denied', (mode) => {
  expect(policyOf({ mode, allowedTools: [] })).toMatchObject({ autoApprove: [], defaultAction: 'deny' });
});

test('[D5] acceptEdits allows edits; a command whose title begins with that word is denied by its kind', () => {
  const { autoApprove, autoDeny } = policyOf({ mode: 'acceptEdits', allowedTools: [] });
  expect(autoApprove).toEqual(['edit']);
  expect(autoDeny).toContain('execute');
});

test('[D5] kinds that are allowed by name are not denied', () => {
  const { autoApprove, autoDeny } = policyOf({ mode: 'default', allowedTools: ['execute'] });
  expect(autoApprove).toEqual(['execute']);
  expect(autoDeny).not.toContain('execute');
});
