import type { Identity } from '../auth/identity.ts';
import type { SessionRecord } from '../store/store.ts';

/** Whether this caller may know of a session at all: its owner, and of its bot if both name one (requirement A4). */
export const mayUse = (identity: Identity, record: SessionRecord): boolean =>
  record.ownerId === identity.subject &&
  (identity.botId === null || record.botId === null || identity.botId === record.botId);

/** `mayUse` as the store knows it. */
export const scopeOf = ({ subject, botId }: Identity): { ownerId: string; botId?: string } => ({
  ownerId: subject,
  ...(botId === null ? {} : { botId }),
});
