'use client';
import type { WorkDirFile } from '@hotplex/client-sdk';
import { formatSize } from '../../lib/format-size.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { TextLines } from '../changes/text-lines.tsx';
import { FilePicture } from './file-picture.tsx';

type Props = { file: WorkDirFile; line: number | undefined; wraps: boolean };

/** What can be shown of a file: its lines, its picture, or words about it. */
export function FileContent({ file: { path, kind, size, text, sha256 }, line, wraps }: Props) {
  const texts = useTexts();
  if (text === '') return <Words>{texts.files.empty}</Words>;
  if (text !== null)
    return (
      <div className="py-1.5">
        <TextLines path={path} text={text} at={line} wraps={wraps} />
      </div>
    );
  if (kind === 'image') return <FilePicture path={path} sha256={sha256} />;
  return (
    <Words>
      {kind === 'large' ? texts.files.large : texts.files.binary} ({formatSize(size)})
    </Words>
  );
}

function Words({ children }: { children: React.ReactNode }) {
  return <p className="px-4 py-10 text-center text-muted-foreground text-sm">{children}</p>;
}
