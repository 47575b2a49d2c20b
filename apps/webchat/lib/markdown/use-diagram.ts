'use client';
import { useTheme } from 'next-themes';
import { useEffect, useState } from 'react';
import { drawDiagram } from './draw-diagram.ts';

export type Diagram =
  | { status: 'drawing' }
  | { status: 'drawn'; url: string }
  | { status: 'failed'; reason: string };

/** A Mermaid source as a picture in the colours of the page; the old picture stays while a new one is drawn. */
export function useDiagram(source: string, complete: boolean): Diagram {
  const { resolvedTheme } = useTheme();
  const [diagram, setDiagram] = useState<Diagram>({ status: 'drawing' });
  useEffect(() => {
    if (!complete) return;
    let current = true;
    let url: string | undefined;
    drawDiagram(source, resolvedTheme === 'dark' ? 'dark' : 'light').then(
      (picture) => {
        if (!current) return;
        url = URL.createObjectURL(picture);
        setDiagram({ status: 'drawn', url });
      },
      (error: unknown) => current && setDiagram({ status: 'failed', reason: String(error) }),
    );
    return () => {
      current = false;
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [source, complete, resolvedTheme]);
  return diagram;
}
