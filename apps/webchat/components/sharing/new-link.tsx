'use client';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { CopyButton } from '../ui/copy-button.tsx';

/** A link that was just made: it is seen here once. */
export function NewLink({ url }: { url: string }) {
  const texts = useTexts();
  return (
    <div role="status" className="mt-4 flex flex-col gap-1.5">
      <p className="font-medium text-sm">{texts.sharing.made}</p>
      <div className="flex items-start gap-2 rounded-lg bg-muted py-2 pr-2 pl-3">
        <code
          data-testid="share-link"
          className="wrap-anywhere min-w-0 flex-1 select-all py-1 font-mono text-xs"
        >
          {url}
        </code>
        <CopyButton text={url} label={texts.sharing.copy} />
      </div>
      <p className="text-muted-foreground text-xs">{texts.sharing.once}</p>
    </div>
  );
}
