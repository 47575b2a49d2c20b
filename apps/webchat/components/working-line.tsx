'use client';
import type { ConnectionState } from '@hotplex/client-sdk';
import { useState } from 'react';
import { classNames } from '../lib/class-names.ts';
import { formatDuration } from '../lib/format-duration.ts';
import type { Observable } from '../lib/observable.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useNow } from '../lib/use-now.ts';
import { useObservable } from '../lib/use-observable.ts';

const second = 1000;
const quietMs = 3000;

/** A sign of life while a turn runs, with the time it has taken so far; without a line to the gateway it says that instead. */
export function WorkingLine({ connection }: { connection: Observable<ConnectionState> }) {
  const texts = useTexts();
  const now = useNow(second);
  const connected = useObservable(connection).status === 'ready';
  const [started] = useState(now);
  const elapsed = now - started;
  return (
    <p data-testid="working" className="flex items-center gap-2 text-muted-foreground text-sm">
      <span
        aria-hidden
        className={classNames(
          'size-2 animate-pulse-soft rounded-full forced-color-adjust-none',
          connected ? 'bg-primary' : 'bg-warning',
        )}
      />
      {connected ? texts.conversation.working : texts.conversation.unheard}
      {connected && elapsed >= quietMs && (
        <span className="tabular-nums">
          {formatDuration(Math.round(elapsed / second) * second, texts.time).replace('.0', '')}
        </span>
      )}
    </p>
  );
}
