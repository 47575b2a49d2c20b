'use client';
import { createContext, useContext } from 'react';
import type { AdminApi } from '../../lib/admin/admin-api.ts';
import { coversScope } from '../../lib/admin/admin-pages.ts';
import type { Scope } from '../../lib/admin/reports.ts';

type Admin = { api: AdminApi; scopes: readonly Scope[] };

const Context = createContext<Admin | undefined>(undefined);

export const AdminContext = Context.Provider;

function useAdmin(): Admin {
  const admin = useContext(Context);
  if (!admin) throw new Error('this belongs inside an AdminContext');
  return admin;
}

/** The routes of operators. */
export const useAdminApi = (): AdminApi => useAdmin().api;

/** The scopes of who looks at the page. */
export const useScopes = (): readonly Scope[] => useAdmin().scopes;

/** Whether who looks at the page may do something; the gateway asks once more. */
export const useMay = (needed: Scope): boolean => coversScope(useScopes(), needed);
