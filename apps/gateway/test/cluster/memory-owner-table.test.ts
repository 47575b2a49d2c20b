import { ownerTableContract } from '../contracts/owner-table-contract.ts';
import { createMemoryOwnerTable } from '../support/memory-owner-table.ts';

ownerTableContract('memory', async () => {
  const owners = createMemoryOwnerTable();
  return { owners, addSession: (id, { isUnfinished }) => void owners.sessions.set(id, isUnfinished) };
});
