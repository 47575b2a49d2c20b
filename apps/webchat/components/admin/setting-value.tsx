'use client';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';

/** What stands in the place of a secret that is set. */
const masked = '(secret)';

/** The value of a setting; of a secret only that it is set. */
export function SettingValue({ value }: { value: unknown }) {
  const { config: texts } = useAdminTexts();
  const isUnset = value === undefined || value === null;
  const words = isUnset ? texts.unset : value === masked ? texts.secret : undefined;
  if (words !== undefined) return <span className="text-muted-foreground">{words}</span>;
  return <code className="text-xs">{typeof value === 'string' ? value : JSON.stringify(value)}</code>;
}
