'use client';
import type { ConnectionState } from '@hotplex/client-sdk';
import { classNames } from '../lib/class-names.ts';
import type { Observable } from '../lib/observable.ts';
import type { Texts } from '../lib/texts/en.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useNow } from '../lib/use-now.ts';
import { useObservable } from '../lib/use-observable.ts';
import { useOnline } from '../lib/use-online.ts';

const second = 1000;

/** Whether this page hears the session; while it does not, when it tries again. */
export function ConnectionBadge({ connection }: { connection: Observable<ConnectionState> }) {
  const texts = useTexts();
  const online = useOnline();
  const state = useObservable(connection);
  const now = useNow(second);
  const good = online && state.status === 'ready';
  const words = online ? wordsFor(state, now, texts.connection) : texts.connection.offline;
  return (
    <span
      data-testid="connection"
      data-state={online ? state.status : 'offline'}
      className={classNames(
        'flex shrink-0 items-center gap-1.5 rounded-full px-2.5 py-1 text-xs',
        good ? 'text-muted-foreground' : 'border border-warning/50 bg-warning-surface text-foreground',
      )}
    >
      <span
        aria-hidden
        className={classNames(
          'size-2 rounded-full forced-color-adjust-none',
          good ? 'bg-success' : 'animate-pulse-soft bg-warning',
        )}
      />
      <span className={good ? 'max-sm:sr-only' : ''}>{words}</span>
    </span>
  );
}

function wordsFor(state: ConnectionState, now: number, texts: Texts['connection']): string {
  if (state.status !== 'reconnecting') return texts[state.status];
  return texts.reconnecting(Math.max(0, Math.ceil((state.retryAt - now) / second)));
}
