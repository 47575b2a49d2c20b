'use client';
import { classNames } from '../lib/class-names.ts';
import type { SessionMood } from '../lib/session-mood.ts';
import { useTexts } from '../lib/texts/use-texts.ts';

const looks: Record<SessionMood, string> = {
  running: 'bg-success animate-pulse-soft',
  waiting: 'bg-warning ring-3 ring-warning/25',
  unread: 'bg-primary ring-3 ring-primary/20',
  idle: 'bg-muted-foreground/50',
  created: 'bg-muted-foreground/50',
  terminated: 'border border-muted-foreground bg-transparent',
  deleted: 'bg-destructive',
};

/** A session's state as a dot, and in words for those who do not see it. */
export function SessionDot({ mood }: { mood: SessionMood }) {
  const texts = useTexts();
  return (
    <span
      className="flex size-3.5 shrink-0 items-center justify-center"
      data-testid="session-state"
      data-state={mood}
    >
      <span
        aria-hidden
        title={texts.sessions.state[mood]}
        className={classNames('size-2 rounded-full forced-color-adjust-none', looks[mood])}
      />
      <span className="sr-only">{texts.labelled(texts.sessions.state[mood])}</span>
    </span>
  );
}
