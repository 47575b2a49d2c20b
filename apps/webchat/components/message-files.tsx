'use client';
import type { FileUIPart } from 'ai';
import { MessageFile } from './message-file.tsx';

type Props = { parts: readonly { type: string }[] };

/** The files of a prompt, beside its words. */
export function MessageFiles({ parts }: Props) {
  const files = parts.filter((part): part is FileUIPart => part.type === 'file');
  if (files.length === 0) return null;
  return (
    <ul className="flex max-w-[85%] flex-wrap justify-end gap-2">
      {files.map((file) => (
        <li key={file.url} className="max-w-full">
          <MessageFile file={file} />
        </li>
      ))}
    </ul>
  );
}
