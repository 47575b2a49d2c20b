import { describe } from 'vitest';
import { settling } from './open-session.ts';

// What one gateway does that is alone, each of a cluster does: only when it is seen is another matter.
settling.isLate = true;
describe('with a store that settles later', async () => {
  await import('./archive.test.ts');
  await import('./asked-again.test.ts');
  await import('./audit.test.ts');
  await import('./budget.test.ts');
  await import('./delivery.test.ts');
  await import('./ending.test.ts');
  await import('./full-disk.test.ts');
  await import('./hold.test.ts');
  await import('./model.test.ts');
  await import('./policy.test.ts');
  await import('./quota-wait.test.ts');
  await import('./rewind.test.ts');
  await import('./slow-end.test.ts');
  await import('./spending.test.ts');
  await import('./take-over.test.ts');
  await import('./timeouts.test.ts');
  describe('one session', () => import('./session.test.ts').then(() => {}));
});
