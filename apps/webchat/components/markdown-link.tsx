import type { ComponentProps } from 'react';
import { safeLink } from '../lib/safe-link.ts';

type Props = Pick<ComponentProps<'a'>, 'href' | 'children'>;

/** A link an agent wrote. Addresses that are not plain web or mail stay text, with the address in sight. */
export function MarkdownLink({ href, children }: Props) {
  const target = safeLink(href);
  if (!target) {
    return (
      <span>
        {children}
        {href !== undefined && href !== '' && String(children) !== href && (
          <span className="break-all text-muted-foreground"> ({href})</span>
        )}
      </span>
    );
  }
  return (
    <a
      href={target}
      target="_blank"
      rel="noreferrer noopener"
      className="break-words text-primary underline decoration-primary/40 underline-offset-3 hover:decoration-primary"
    >
      {children}
    </a>
  );
}
