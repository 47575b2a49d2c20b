'use client';
import type { MouseEvent } from 'react';
import { adminHref, goTo } from '../../lib/admin/admin-place.ts';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { useMay } from './admin-context.tsx';

/** Leads to the details of a session, where one may see them. */
export function SessionLink({ id }: { id: string }) {
  const texts = useAdminTexts();
  const shown = (
    <code className="whitespace-nowrap text-xs">{id.length > 14 ? `${id.slice(0, 13)}…` : id}</code>
  );
  if (!useMay('admin:read')) return shown;
  const place = { page: 'sessions', filters: { id } } as const;
  const go = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    goTo(place);
  };
  return (
    <a
      href={adminHref(place)}
      onClick={go}
      title={id}
      aria-label={texts.sessions.open(id)}
      className="text-primary underline underline-offset-2"
    >
      {shown}
    </a>
  );
}
