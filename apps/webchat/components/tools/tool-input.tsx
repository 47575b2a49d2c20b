'use client';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { LongText } from './long-text.tsx';

/** A tool's arguments: a single text as itself, everything else as JSON. */
export function ToolInput({ input }: { input: Record<string, unknown> }) {
  const texts = useTexts();
  const values = Object.values(input);
  if (values.length === 0) return null;
  const [only] = values;
  const text = values.length === 1 && typeof only === 'string' ? only : JSON.stringify(input, null, 2);
  return <LongText text={text} label={texts.tools.input} />;
}
