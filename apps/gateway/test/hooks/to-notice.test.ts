import { expect, test } from 'vitest';
import { toNotice } from '../../src/hooks/push/to-notice.ts';

test('whoever gave a session its title, no secret in it goes to a push service', () => {
  const session = {
    id: 's',
    title: 'sign in with password=hunter2hunter2',
    workDir: '/w',
    workerType: 'demo',
    ownerId: 'o',
  };
  const event = { id: 'e', type: 'done', timestamp: 1, seq: 1, turnId: null, data: '{}' };
  expect(toNotice(session, event)?.title).toBe('sign in with password=[redacted]');
});
