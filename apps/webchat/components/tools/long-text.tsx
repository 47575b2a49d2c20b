'use client';
import { useState } from 'react';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { CopyButton } from '../ui/copy-button.tsx';

const foldedLines = 16;

/** Plain text in a box; a long one is folded until asked for. */
export function LongText({ text, label }: { text: string; label: string }) {
  const texts = useTexts();
  const [open, setOpen] = useState(false);
  const lines = text.split('\n');
  const folded = !open && lines.length > foldedLines;
  return (
    <div className="group/text relative rounded-md bg-muted">
      <div className="flex items-center justify-between pt-1 pl-2.5 text-muted-foreground text-xs">
        {label}
        <CopyButton text={text} label={`${texts.labelled(texts.copy)}${label}`} className="mr-1" />
      </div>
      <pre tabIndex={0} className="max-h-[28rem] overflow-auto px-2.5 pb-2 font-mono text-xs leading-relaxed">
        {(folded ? lines.slice(0, foldedLines) : lines).join('\n') || texts.tools.noOutput}
      </pre>
      {lines.length > foldedLines && (
        <button
          type="button"
          aria-expanded={open}
          className="w-full rounded-b-md border-t py-1 text-muted-foreground text-xs hover:bg-accent"
          onClick={() => setOpen(!open)}
        >
          {folded ? texts.showAll(lines.length) : texts.showLess}
        </button>
      )}
    </div>
  );
}
