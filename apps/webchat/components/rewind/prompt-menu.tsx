'use client';
import { Ellipsis, History } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { BranchItem } from '../branch/branch-item.tsx';
import { useChanges } from '../changes/changes-context.tsx';
import { Button } from '../ui/button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';

const RewindDialog = lazy(async () => ({ default: (await import('./rewind-dialog.tsx')).RewindDialog }));

type Props = {
  /** The turn that the message began. */
  turnId: string;
  prompt: string;
  /** Whether a turn runs: then nothing goes back. */
  running: boolean;
};

/** The menu of a message of the user; nothing outside of a conversation. */
export function PromptMenu({ turnId, prompt, running }: Props) {
  const texts = useTexts();
  const [asking, setAsking] = useState(false);
  if (!useChanges()) return null;
  const trigger = (
    <Button
      tone="quiet"
      size="iconSmall"
      aria-label={texts.rewind.menu}
      className="mt-1.5 opacity-0 focus-visible:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100"
    >
      <Ellipsis aria-hidden />
    </Button>
  );
  return (
    <>
      <Menu trigger={trigger}>
        <MenuItem disabled={running} className="max-w-64" onSelect={() => setAsking(true)}>
          <History aria-hidden />
          <span className="flex flex-col">
            {texts.rewind.action}
            {running && <span className="text-xs">{texts.rewind.running}</span>}
          </span>
        </MenuItem>
        <BranchItem turnId={turnId} prompt={prompt} />
      </Menu>
      {asking && (
        <Suspense>
          <RewindDialog turnId={turnId} prompt={prompt} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}
