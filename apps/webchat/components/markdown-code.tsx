import type { ComponentProps } from 'react';
import { useIsCodeFenceIncomplete } from 'streamdown';
import { CodeBlock } from './code-block.tsx';
import { MermaidDiagram } from './mermaid-diagram.tsx';

type Props = ComponentProps<'code'> & {
  /** What the renderer marks code with that is a block of its own. */
  'data-block'?: string;
};

/** Code among words, a block of code, or the picture that one describes. */
export function MarkdownCode({ className, children, 'data-block': block }: Props) {
  const isIncomplete = useIsCodeFenceIncomplete();
  if (block === undefined)
    return (
      <code data-streamdown="inline-code" className="rounded bg-muted px-1.5 py-0.5 font-mono text-sm">
        {children}
      </code>
    );
  const [, language = ''] = /(?:^|\s)language-(\S+)/.exec(className ?? '') ?? [];
  const code = typeof children === 'string' ? children : '';
  const Drawn = language === 'mermaid' ? MermaidDiagram : CodeBlock;
  return <Drawn code={code} language={language} isIncomplete={isIncomplete} />;
}
