'use client';
import type { Participant } from '@hotplex/ai-sdk-transport';
import { Users } from 'lucide-react';
import type { Observable } from '../lib/observable.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useObservable } from '../lib/use-observable.ts';
import { Button } from './ui/button.tsx';
import { Popover } from './ui/popover.tsx';

/** Who else has this session open, on which device and in what part. Nothing while nobody has. */
export function Presence({ participants }: { participants: Observable<readonly Participant[]> }) {
  const { presence } = useTexts();
  const present = useObservable(participants);
  if (present.length < 2) return null;
  const label = presence.count(present.length);
  return (
    <Popover
      label={presence.title}
      trigger={
        <Button tone="quiet" size="small" aria-label={label} title={label} className="tabular-nums">
          <Users aria-hidden />
          {present.length}
        </Button>
      }
    >
      <p className="mb-2 font-medium text-sm">{presence.title}</p>
      <ul className="space-y-1 text-sm">
        {present.map((participant, at) => (
          // One device may be there twice, and rows hold no state.
          <li key={at} className="flex justify-between gap-4">
            <span className="min-w-0 truncate">{nameOf(participant, presence.unnamed)}</span>
            <span className="shrink-0 text-muted-foreground">
              {participant.you ? presence.you : presence[participant.role]}
            </span>
          </li>
        ))}
      </ul>
    </Popover>
  );
}

const nameOf = ({ user, client }: Participant, unnamed: string): string => `${user} · ${client ?? unnamed}`;
