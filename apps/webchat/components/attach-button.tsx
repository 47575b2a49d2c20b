'use client';
import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { useTexts } from '../lib/texts/use-texts.ts';
import { Button } from './ui/button.tsx';

/** Lets a person pick files; on a phone, also take a photo. */
export function AttachButton({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const texts = useTexts();
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        tone="quiet"
        size="icon"
        className="rounded-full"
        aria-label={texts.attachments.add}
        title={texts.attachments.add}
        onClick={() => picker.current?.click()}
      >
        <Paperclip aria-hidden />
      </Button>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        aria-hidden
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // The same file can be picked again.
          target.value = '';
        }}
      />
    </>
  );
}
