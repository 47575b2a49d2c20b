'use client';
import { useLanguage, useTexts } from '../lib/texts/use-texts.ts';
import { EscapedText } from './escaped-text.tsx';

type Props = { rule: string; reason: string };

/**
 * What the policy has against a call. Its reasons are English: in another language the page says what the rule is about,
 * and shows the reason beside it.
 */
export function PolicyReason({ rule, reason }: Props) {
  const { policy } = useTexts();
  const about = useLanguage() === 'en' ? undefined : policy.rules[rule];
  if (about === undefined) return <EscapedText text={reason} />;
  return (
    <>
      {about}{' '}
      <span className="text-muted-foreground text-xs">
        <EscapedText text={reason} />
      </span>
    </>
  );
}
