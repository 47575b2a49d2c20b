import type { LucideIcon } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { requestElementId } from '../lib/open-requests.ts';

type Props = {
  id: string;
  icon: LucideIcon;
  title: string;
  testId: string;
  onKeyDown?: (event: KeyboardEvent) => void;
  children: ReactNode;
};

/** The frame of everything the agent asks a person; it takes the keyboard, so that keys can answer. */
export function RequestCard({ id, icon: Icon, title, testId, onKeyDown, children }: Props) {
  return (
    <section
      id={requestElementId(id)}
      tabIndex={0}
      aria-label={title}
      data-testid={testId}
      data-status="pending"
      onKeyDown={onKeyDown}
      className="flex flex-col gap-3 rounded-xl border-2 border-warning/60 bg-card p-4 text-sm shadow-sm"
    >
      <h2 className="flex items-center gap-2 font-semibold text-[0.95rem]">
        <Icon aria-hidden className="size-4.5 shrink-0 text-warning" />
        {title}
      </h2>
      {children}
    </section>
  );
}
