'use client';
import type { AepUIMessage } from '@hotplex/ai-sdk-transport';
import { useTexts } from '../lib/texts/use-texts.ts';
import { CopyButton } from './ui/copy-button.tsx';

/** Copies what the agent wrote in a turn, as the Markdown it is; nothing when it wrote nothing. */
export function CopyAnswer({ parts }: { parts: AepUIMessage['parts'] }) {
  const texts = useTexts();
  const words = parts.flatMap((part) => (part.type === 'text' && part.text.trim() !== '' ? [part.text] : []));
  if (words.length === 0) return null;
  return (
    <CopyButton text={words.join('\n\n')} label={texts.conversation.copyAnswer} className="-my-1.5 -ml-1.5" />
  );
}
