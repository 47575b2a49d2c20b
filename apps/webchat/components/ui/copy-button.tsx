'use client';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { classNames } from '../../lib/class-names.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { Button } from './button.tsx';

type Props = { text: string; label?: string; className?: string };

/** Copies a text and says so for a moment. */
export function CopyButton({ text, label, className }: Props) {
  const texts = useTexts();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await copyText(text);
    setCopied(true);
  };
  return (
    <Button
      tone="quiet"
      size="iconSmall"
      className={classNames('[&_svg]:size-3.5', className)}
      aria-label={copied ? texts.copied : (label ?? texts.copy)}
      onClick={() => void copy()}
    >
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
    </Button>
  );
}

/** NOTE: the Clipboard API does not exist on plain-http addresses of a network; the old command does. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}
