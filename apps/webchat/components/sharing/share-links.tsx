'use client';
import type { ShareLink } from '@hotplex/client-sdk';
import { formatAgo } from '../../lib/format-ago.ts';
import { formatList } from '../../lib/format-list.ts';
import { formatMoment } from '../../lib/format-moment.ts';
import { useLanguage, useTexts } from '../../lib/texts/use-texts.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button } from '../ui/button.tsx';

type Props = { links: readonly ShareLink[]; busy: boolean; onRevoke: (link: ShareLink) => void };

const minute = 60_000;

/** The links of a session that work: when each ends, when it was last opened, and a way to end it now. */
export function ShareLinks({ links, busy, onRevoke }: Props) {
  const texts = useTexts();
  const language = useLanguage();
  const now = useNow(minute);
  const leftOutOf = ({ left_out: kinds }: ShareLink) => {
    if (kinds.length === 0) return texts.sharing.allShown;
    return texts.shared.without(
      formatList(
        kinds.map((kind) => texts.shared.leftOut[kind]),
        language,
      ),
    );
  };
  if (links.length === 0) return null;
  return (
    <section aria-label={texts.sharing.links} className="mt-5 border-t pt-4">
      <h3 className="mb-2 font-medium text-sm">{texts.sharing.links}</h3>
      <ul className="flex flex-col gap-2">
        {links.map((link) => (
          <li key={link.id} className="flex items-center gap-3 text-sm" data-testid="share">
            <span className="min-w-0 flex-1">
              {texts.sharing.until(formatMoment(link.expires_at, language))}
              <span className="block text-muted-foreground text-xs">
                {link.last_used_at === null
                  ? texts.sharing.neverUsed
                  : texts.sharing.used(formatAgo(now - Date.parse(link.last_used_at), texts.time))}
                {' · '}
                {leftOutOf(link)}
              </span>
            </span>
            <Button tone="danger" size="small" busy={busy} onClick={() => onRevoke(link)}>
              {texts.sharing.revoke}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
