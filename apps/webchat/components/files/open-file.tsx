'use client';
import { FileText } from 'lucide-react';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { toWorkDirPath } from '../../lib/work-dir-path.ts';
import { useChanges } from '../changes/changes-context.tsx';

type Props = {
  path: string;
  /** The line to lead to. */
  line?: number | undefined;
};

/** A path that opens its file beside the conversation; only the path where there is no such file to open. */
export function OpenFile({ path, line }: Props) {
  const texts = useTexts();
  const changes = useChanges();
  const words = line === undefined ? path : `${path}:${line}`;
  const inside = changes && toWorkDirPath(path, changes.workDir);
  if (!changes || inside === undefined) return <span className="min-w-0 truncate font-mono">{words}</span>;
  return (
    <button
      type="button"
      title={texts.files.open(path)}
      aria-label={texts.files.open(words)}
      className="flex min-w-0 cursor-pointer items-center gap-1.5 rounded-sm font-mono underline decoration-muted-foreground/50 underline-offset-3 hover:decoration-current pointer-coarse:py-1"
      onClick={() => changes.openFile(inside, line)}
    >
      <FileText aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
      <span className="min-w-0 truncate">{words}</span>
    </button>
  );
}
