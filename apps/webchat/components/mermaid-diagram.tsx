'use client';
import { Code, Workflow } from 'lucide-react';
import { useState } from 'react';
import type { CustomRendererProps } from 'streamdown';
import { useDiagram } from '../lib/markdown/use-diagram.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { Button } from './ui/button.tsx';
import { CopyButton } from './ui/copy-button.tsx';

/**
 * A Mermaid block as the picture it describes, or as its source. The picture is an image of its own: nothing in it can
 * run, load or reach the page (X5).
 */
export function MermaidDiagram({ code, isIncomplete }: CustomRendererProps) {
  const texts = useTexts().diagram;
  const diagram = useDiagram(code, !isIncomplete);
  const [wantsSource, setWantsSource] = useState(false);
  const isPicture = diagram.status === 'drawn' && !wantsSource;
  const Icon = isPicture ? Code : Workflow;
  return (
    <figure data-testid="diagram" className="my-4 overflow-hidden rounded-lg border bg-card">
      <figcaption className="flex h-8 items-center gap-1 border-b bg-muted pr-1 pl-2.5 text-muted-foreground text-xs">
        <span className="mr-auto font-mono">mermaid</span>
        {diagram.status === 'drawn' && (
          <Button tone="quiet" size="small" onClick={() => setWantsSource(!wantsSource)}>
            <Icon aria-hidden className="size-3.5" />
            {isPicture ? texts.showSource : texts.showDiagram}
          </Button>
        )}
        <CopyButton text={code} />
      </figcaption>
      {isPicture ? (
        <div className="overflow-x-auto p-4">
          <img
            src={diagram.url}
            alt={texts.alt}
            className="mx-auto max-w-none md:h-auto md:max-h-[70dvh] md:max-w-full md:object-contain"
          />
        </div>
      ) : (
        <pre className="overflow-x-auto px-3.5 py-3 font-mono text-[0.8rem] leading-relaxed">{code}</pre>
      )}
      {diagram.status === 'failed' && (
        <p className="border-t px-3.5 py-2 text-muted-foreground text-xs" title={diagram.reason}>
          {texts.failed}
        </p>
      )}
    </figure>
  );
}
