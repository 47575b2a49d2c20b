'use client';
import { Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { formatAgo } from '../lib/format-ago.ts';
import { useLanguage, useTexts } from '../lib/texts/use-texts.ts';
import { useNow } from '../lib/use-now.ts';
import { useObservable } from '../lib/use-observable.ts';
import { Button } from './ui/button.tsx';
import { Dialog } from './ui/dialog.tsx';
import { useWebChat } from './web-chat-context.tsx';

const minuteMs = 60_000;

/** Whether this browser is called while no page is open, what calls may say, and which others are. */
export function PushDialog({ onClose }: { onClose: () => void }) {
  const texts = useTexts();
  const language = useLanguage();
  const { push } = useWebChat();
  const state = useObservable(push.state);
  const showsTitle = useObservable(push.showsTitle);
  const [busy, setBusy] = useState(false);
  useEffect(() => void push.refresh(language), [push, language]);
  const isPossible = state === 'on' || state === 'off';
  const run = (work: () => Promise<void>) => {
    setBusy(true);
    work()
      .catch(() => toast.error(texts.push.failed))
      .finally(() => setBusy(false));
  };
  return (
    <Dialog open onOpenChange={onClose} title={texts.push.title} description={texts.push.explain}>
      <div className="flex flex-col gap-3">
        {!isPossible && (
          <p role="status" className="text-sm">
            {texts.push.states[state]}
          </p>
        )}
        <Choice
          label={texts.push.here}
          checked={state === 'on'}
          disabled={!isPossible || busy}
          onChange={(on) => run(() => (on ? push.turnOn(language) : push.turnOff()))}
        />
        <Choice
          label={texts.push.showTitle}
          checked={showsTitle}
          disabled={!isPossible || busy}
          onChange={(shows) => run(() => push.setShowsTitle(shows, language))}
        />
        <DeviceList onRemove={(id) => run(() => push.remove(id))} />
      </div>
    </Dialog>
  );
}

type ChoiceProps = {
  label: string;
  checked: boolean;
  disabled: boolean;
  onChange: (checked: boolean) => void;
};

function Choice({ label, checked, disabled, onChange }: ChoiceProps) {
  return (
    <label className="flex items-center gap-2.5 text-sm has-disabled:text-muted-foreground">
      <input
        type="checkbox"
        className="size-4 accent-primary"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
    </label>
  );
}

function DeviceList({ onRemove }: { onRemove: (id: string) => void }) {
  const texts = useTexts();
  const { push } = useWebChat();
  const devices = useObservable(push.devices) ?? [];
  const now = useNow(minuteMs);
  if (devices.length === 0) return null;
  return (
    <section aria-label={texts.push.devices} className="flex flex-col gap-1">
      <h3 className="font-medium text-sm">{texts.push.devices}</h3>
      <ul className="flex flex-col">
        {devices.map(({ id, name, created_at: since }) => (
          <li key={id} className="flex items-center gap-2 border-b py-1.5 text-sm last:border-b-0">
            <span className="min-w-0 flex-1 truncate">
              {name}
              {id === push.ownId() && ` · ${texts.push.thisOne}`}
            </span>
            <span className="text-muted-foreground text-xs">
              {formatAgo(now - Date.parse(since), texts.time)}
            </span>
            <Button
              tone="quiet"
              size="iconSmall"
              aria-label={texts.push.remove(name)}
              onClick={() => onRemove(id)}
            >
              <Trash2 aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
