'use client';
import { useAdminPlace } from '../../lib/admin/admin-place.ts';
import { SessionDetails } from './session-details.tsx';
import { SessionTable } from './session-table.tsx';

/** Everybody's sessions, or one of them. */
export function SessionsPage() {
  const { filters } = useAdminPlace();
  return filters.id === undefined ? <SessionTable /> : <SessionDetails key={filters.id} id={filters.id} />;
}
