'use client';
import { type ClipboardEvent, type DragEvent, useState } from 'react';

/** Files that a person pastes or drops; `over` says that some hover above. */
export function useGivenFiles(onFiles: (files: readonly File[]) => void) {
  const [over, setOver] = useState(false);
  const leave = () => setOver(false);
  return {
    over,
    onPaste: (event: ClipboardEvent) => {
      const files = [...event.clipboardData.files];
      // Words that were copied from a document come with a picture of themselves.
      if (files.length === 0 || event.clipboardData.types.includes('text/plain')) return;
      event.preventDefault();
      onFiles(files);
    },
    dropTarget: {
      onDragOver: (event: DragEvent) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: leave,
      onDrop: (event: DragEvent) => {
        leave();
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        onFiles([...event.dataTransfer.files]);
      },
    },
  };
}
