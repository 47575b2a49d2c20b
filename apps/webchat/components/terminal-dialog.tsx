'use client';
import type { SessionSummary } from '@hotplex/client-sdk';
import { shellLine } from '../lib/shell-line.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { CopyButton } from './ui/copy-button.tsx';
import { Dialog } from './ui/dialog.tsx';

type Props = { session: SessionSummary; command: readonly string[]; onClose: () => void };

/** The line with which the owner of a session goes on with it in a terminal. */
export function TerminalDialog({ session, command, onClose }: Props) {
  const texts = useTexts();
  const line = shellLine(session.work_dir, command);
  return (
    <Dialog open onOpenChange={onClose} title={texts.terminal.title} description={texts.terminal.explain}>
      <div className="flex items-start gap-2 rounded-lg bg-terminal py-3 pr-2 pl-4 text-terminal-foreground">
        <code
          data-testid="terminal-line"
          className="min-w-0 flex-1 select-all wrap-anywhere py-1 font-mono text-[0.8rem]"
        >
          {line}
        </code>
        <CopyButton text={line} label={texts.terminal.copy} className="text-terminal-foreground" />
      </div>
      <p className="mt-3 text-muted-foreground text-sm">{texts.terminal.oneAtATime}</p>
    </Dialog>
  );
}
