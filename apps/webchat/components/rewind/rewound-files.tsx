'use client';
import type { RewindPreview, RewoundFile } from '@hotplex/client-sdk';
import { classNames } from '../../lib/class-names.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';

type Props = {
  files: NonNullable<RewindPreview['files']>;
  /** Whether files go back, too, that somebody changed between turns. */
  overwrites: boolean;
  onOverwrite: (overwrites: boolean) => void;
};

/** What becomes of each file, and the question about those that the agent did not change alone. */
export function RewoundFiles({ files: { changes, partial }, overwrites, onOverwrite }: Props) {
  const texts = useTexts();
  const edited = changes.filter((file) => file.edited && file.reason === null).length;
  return (
    <div className="flex flex-col gap-2.5">
      {partial !== null && <p className="text-warning text-xs">{texts.changes.partial[partial]}</p>}
      <ul
        aria-label={texts.rewind.list}
        // NOTE: what is longer than this is scrolled by the keyboard only if it can be focused.
        tabIndex={0}
        className="max-h-44 overflow-y-auto rounded-md border bg-muted/50 px-2.5 py-1.5 text-xs"
      >
        {changes.map((file) => (
          <Row key={file.path} file={file} overwrites={overwrites} />
        ))}
      </ul>
      {edited > 0 && (
        <div className="flex flex-col gap-1.5 rounded-md border border-warning/50 px-3 py-2">
          <p>{texts.rewind.edited(edited)}</p>
          <label className="flex cursor-pointer items-start gap-2">
            <input
              type="checkbox"
              className="mt-0.5 size-4 accent-primary"
              checked={overwrites}
              onChange={(event) => onOverwrite(event.target.checked)}
            />
            {texts.rewind.overwrite}
          </label>
        </div>
      )}
    </div>
  );
}

function Row({
  file: { path, kind, edited, reason },
  overwrites,
}: {
  file: RewoundFile;
  overwrites: boolean;
}) {
  const texts = useTexts();
  const left = reason ?? (edited && !overwrites ? 'edited' : null);
  return (
    <li className="flex flex-wrap items-baseline gap-x-2 py-0.5">
      <span className="min-w-36 flex-1 break-all font-mono">{path}</span>
      <span className={classNames('ml-auto shrink-0', left === null ? '' : 'text-warning')}>
        {left === null
          ? texts.rewind.becomes[kind]
          : texts.aside(texts.rewind.stays, texts.changes.leftReasons[left] ?? left)}
      </span>
    </li>
  );
}
