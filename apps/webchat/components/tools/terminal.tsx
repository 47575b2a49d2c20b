'use client';
import { useState } from 'react';
import { parseAnsi } from '../../lib/ansi.ts';
import { toAnsiCss } from '../../lib/ansi-css.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import type { ToolStatus } from '../../lib/tool-view.ts';
import { EscapedText } from '../escaped-text.tsx';
import { CopyButton } from '../ui/copy-button.tsx';

type Props = { command: string; output: string; status: ToolStatus };

const foldedLines = 14;

/** A command and its output as a terminal shows them; while it runs the newest lines are in sight. */
export function Terminal({ command, output, status }: Props) {
  const texts = useTexts();
  const [open, setOpen] = useState(false);
  const lines = output.replace(/\n+$/, '').split('\n');
  const folded = !open && lines.length > foldedLines;
  const shown = folded ? lines.slice(-foldedLines).join('\n') : lines.join('\n');
  return (
    <div
      data-testid="terminal"
      className="relative overflow-hidden rounded-md bg-terminal text-terminal-foreground"
    >
      <CopyButton
        text={command}
        label={`${texts.labelled(texts.copy)}${command}`}
        className="absolute top-1 right-1 text-terminal-foreground/80 hover:bg-white/10 hover:text-terminal-foreground"
      />
      {lines.length > foldedLines && (
        <button
          type="button"
          aria-expanded={open}
          className="w-full py-1 text-terminal-foreground/80 text-xs hover:bg-white/10"
          onClick={() => setOpen(!open)}
        >
          {folded ? texts.showAll(lines.length) : texts.showLess}
        </button>
      )}
      <pre tabIndex={0} className="max-h-[32rem] overflow-auto px-3 py-2.5 font-mono text-xs leading-relaxed">
        <span className="select-none opacity-60">$ </span>
        <span className="font-semibold whitespace-pre-wrap break-words pr-8">
          <EscapedText text={command} />
        </span>
        {'\n'}
        <AnsiText text={shown} />
        {status === 'running' && (
          <span
            aria-hidden
            className="ml-px inline-block h-3.5 w-2 translate-y-0.5 animate-pulse-soft bg-current"
          />
        )}
        {status === 'done' && output === '' && <span className="opacity-60">{texts.tools.noOutput}</span>}
      </pre>
    </div>
  );
}

function AnsiText({ text }: { text: string }) {
  let position = 0;
  return parseAnsi(text).map((run) => {
    const key = position;
    position += run.text.length;
    return (
      <span key={key} style={toAnsiCss(run.style)}>
        {run.text}
      </span>
    );
  });
}
