import { describe } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { storeApprovalLinksContract } from './store-approval-links-contract.ts';
import { storeAuditContract } from './store-audit-contract.ts';
import { storeConfigsContract } from './store-configs-contract.ts';
import { storeCredentialsContract } from './store-credentials-contract.ts';
import { storeHooksContract } from './store-hooks-contract.ts';
import { storeLogContract } from './store-log-contract.ts';
import { storeRequestsContract } from './store-requests-contract.ts';
import { storeRetentionContract } from './store-retention-contract.ts';
import { storeSearchContract } from './store-search-contract.ts';
import { storeSessionsContract } from './store-sessions-contract.ts';
import { storeShareLinksContract } from './store-share-links-contract.ts';
import { storeUsageContract } from './store-usage-contract.ts';
import { storeWorkersContract } from './store-workers-contract.ts';

/** What every store must do; `open` gives an empty one. */
export function storeContract(open: () => Promise<Store>): void {
  describe('sessions', () => storeSessionsContract(open));
  describe('log', () => storeLogContract(open));
  describe('search', () => storeSearchContract(open));
  describe('retention', () => storeRetentionContract(open));
  describe('requests', () => storeRequestsContract(open));
  describe('workers', () => storeWorkersContract(open));
  describe('audit', () => storeAuditContract(open));
  describe('configurations', () => storeConfigsContract(open));
  describe('usage', () => storeUsageContract(open));
  describe('hooks', () => storeHooksContract(open));
  describe('approval links', () => storeApprovalLinksContract(open));
  describe('share links', () => storeShareLinksContract(open));
  describe('credentials', () => storeCredentialsContract(open));
}
