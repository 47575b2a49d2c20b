'use client';
import { hasCommandKey } from '../lib/overlay.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { Dialog } from './ui/dialog.tsx';
import { Keys } from './ui/keys.tsx';

/** Every key this page knows. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const texts = useTexts();
  const { shortcuts } = texts;
  const modifier = hasCommandKey() ? '⌘' : 'Ctrl';
  const groups: [title: string, rows: [keys: string[], what: string][]][] = [
    [
      shortcuts.everywhere,
      [
        [[modifier, 'K'], shortcuts.commands],
        [['?'], shortcuts.sheet],
        [['Esc'], shortcuts.close],
      ],
    ],
    [
      shortcuts.writing,
      [
        [['Enter'], shortcuts.send],
        [['Shift', 'Enter'], shortcuts.newLine],
        [[modifier, 'Enter'], shortcuts.steer],
        [['/'], texts.completion.command],
        [['@'], texts.completion.path],
        [['Alt', 'Enter'], texts.completion.show],
        [['↑'], shortcuts.history],
      ],
    ],
    [
      shortcuts.permission,
      [
        [['Y'], texts.permission.allowOnce],
        [['A'], texts.permission.allowSession],
        [['N'], texts.permission.deny],
      ],
    ],
  ];
  return (
    <Dialog open onOpenChange={onClose} title={shortcuts.title}>
      <div className="flex flex-col gap-5">
        {groups.map(([title, rows]) => (
          <section key={title}>
            <h3 className="mb-1 text-muted-foreground text-xs">{title}</h3>
            <dl>
              {rows.map(([keys, what]) => (
                <div
                  key={what}
                  className="flex items-center justify-between gap-4 border-b py-1.5 text-sm last:border-0"
                >
                  <dt>{what}</dt>
                  <dd>
                    <Keys keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
