import { pushTarget } from '../ground/push-device.ts';
import { createMemoryApprovalLinks } from './memory-approval-links.ts';
import { createMemoryAudit } from './memory-audit.ts';
import { createMemoryConfigs } from './memory-configs.ts';
import { createMemoryCredentials } from './memory-credentials.ts';
import { createMemoryHooks } from './memory-hooks.ts';
import { createMemoryPush } from './memory-push.ts';
import { createMemorySessions } from './memory-sessions.ts';
import { createMemoryShareLinks } from './memory-share-links.ts';
import { createMemoryUsage } from './memory-usage.ts';
import type { Store } from './store.ts';

/** Sessions, credentials and an audit log that last as long as the process: for tests and `--ephemeral`. */
export function createMemoryStore(): Store {
  const audit = createMemoryAudit();
  const credentials = createMemoryCredentials();
  const { addUsage, ...usage } = createMemoryUsage();
  const { append: addDelivery, removeDead, removeTarget, ...hooks } = createMemoryHooks();
  const { removeShareLinks, ...shareLinks } = createMemoryShareLinks();
  const { removeApprovalLinks, ...approvalLinks } = createMemoryApprovalLinks();
  const { removeUntil, removeExpired, ...devices } = createMemoryPush((id) => removeTarget(pushTarget(id)));
  const sessions = createMemorySessions({
    ...{ recordAudit: audit.recordAudit, addUsage, addDelivery },
    onRemoved(sessionId) {
      removeDead(sessionId);
      removeShareLinks(sessionId);
      removeApprovalLinks(sessionId);
    },
  });
  return {
    ...{ ...sessions, ...credentials, ...audit, ...usage, ...hooks },
    ...{ ...shareLinks, ...approvalLinks, ...devices, ...createMemoryConfigs(audit) },
    revokeSubject(subject, now) {
      credentials.revokeSubject(subject, now);
      removeUntil(subject, now);
    },
    sweepCredentials(now) {
      credentials.sweepCredentials(now);
      removeExpired(now);
    },
  };
}
