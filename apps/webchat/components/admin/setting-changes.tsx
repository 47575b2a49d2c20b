'use client';
import type { SettingChangeReport } from '../../lib/admin/reports.ts';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { BreakableName } from './breakable-name.tsx';
import { SettingValue } from './setting-value.tsx';

/** What a configuration made other than the one before. */
export function SettingChanges({ changes }: { changes: readonly SettingChangeReport[] }) {
  const { history: texts } = useAdminTexts();
  if (changes.length === 0) return <span className="text-muted-foreground">{texts.nothing}</span>;
  return (
    <ul className="flex flex-col gap-1.5">
      {changes.map(({ key, old, new: now, restart }) => (
        <li key={key} className="break-words">
          <code className="text-xs">
            <BreakableName name={key} />
          </code>
          {': '}
          <SettingValue value={old} /> → <SettingValue value={now} />
          {restart && <span className="text-muted-foreground"> {texts.afterRestart}</span>}
        </li>
      ))}
    </ul>
  );
}
