'use client';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { LongText } from './long-text.tsx';

type Props = {
  input: Record<string, unknown>;
  /** What the line above says already. */
  title: string;
};

/** A tool's arguments: a single text as itself, everything else as JSON; nothing when the title says it all. */
export function ToolInput({ input, title }: Props) {
  const texts = useTexts();
  const values = Object.values(input);
  const [only] = values;
  if (values.length === 0 || (values.length === 1 && only === title)) return null;
  const text = values.length === 1 && typeof only === 'string' ? only : JSON.stringify(input, null, 2);
  return <LongText text={text} label={texts.tools.input} />;
}
