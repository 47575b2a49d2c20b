import { describe } from 'vitest';
import type { CredentialStore, SessionStore } from '../../src/store/store.ts';
import { storeCredentialsContract } from './store-credentials-contract.ts';
import { storeLogContract } from './store-log-contract.ts';
import { storeRequestsContract } from './store-requests-contract.ts';
import { storeSessionsContract } from './store-sessions-contract.ts';
import { storeWorkersContract } from './store-workers-contract.ts';

/** What every store must do; `open` gives an empty one. */
export function storeContract(open: () => Promise<SessionStore & CredentialStore>): void {
  describe('sessions', () => storeSessionsContract(open));
  describe('log', () => storeLogContract(open));
  describe('requests', () => storeRequestsContract(open));
  describe('workers', () => storeWorkersContract(open));
  describe('credentials', () => storeCredentialsContract(open));
}
