'use client';
import type { TerminalConversation } from '@hotplex/client-sdk';
import { formatAgo } from '../lib/format-ago.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useNow } from '../lib/use-now.ts';
import { Button } from './ui/button.tsx';
import { Skeleton } from './ui/skeleton.tsx';

const minuteMs = 60_000;

type Props = {
  /** Undefined while they are asked for. */
  found: TerminalConversation[] | undefined;
  busy: boolean;
  onChoose: (conversation: TerminalConversation) => void;
};

/** What was begun in a terminal, with when it was written last; what a session goes on with already is opened. */
export function AdoptList({ found, busy, onChoose }: Props) {
  const texts = useTexts();
  const now = useNow(minuteMs);
  if (!found) return <Skeleton className="h-12" />;
  if (found.length === 0) return <p className="text-muted-foreground text-sm">{texts.adopt.none}</p>;
  return (
    <ul aria-label={texts.adopt.title} className="flex max-h-72 min-w-0 flex-col overflow-y-auto">
      {found.map((conversation) => {
        const { id, title, updated_at: updatedAt, session_id: known } = conversation;
        const name = title ?? texts.sessions.untitled;
        const does = known === null ? texts.adopt.goOn : texts.adopt.show;
        return (
          <li key={id} className="flex items-center gap-3 border-b py-1.5 text-sm last:border-b-0">
            <span className="min-w-0 flex-1 truncate" title={name}>
              {name}
            </span>
            <span className="shrink-0 text-muted-foreground text-xs">
              {formatAgo(now - Date.parse(updatedAt), texts.time)}
            </span>
            <Button
              size="small"
              aria-label={`${texts.labelled(does)}${name}`}
              disabled={busy}
              onClick={() => onChoose(conversation)}
            >
              {does}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
