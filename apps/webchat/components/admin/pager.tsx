'use client';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { Button } from '../ui/button.tsx';

type Props = { isFirst: boolean; hasNext: boolean; toFirst: () => void; toNext: () => void };

/** To what is older, and back to what is new. */
export function Pager({ isFirst, hasNext, toFirst, toNext }: Props) {
  const texts = useAdminTexts();
  if (isFirst && !hasNext) return null;
  return (
    <div className="flex justify-end gap-2">
      <Button disabled={isFirst} onClick={toFirst}>
        {texts.first}
      </Button>
      <Button disabled={!hasNext} onClick={toNext}>
        {texts.next}
      </Button>
    </div>
  );
}
