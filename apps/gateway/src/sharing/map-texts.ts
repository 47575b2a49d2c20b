import { isSecretName, redacted } from '../ground/redact-secrets.ts';

/** A JSON value with each of its texts changed; what stands under the name of a secret is one. */
export function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, item]): [string, unknown] => [
    change(name),
    typeof item === 'string' && isSecretName(name) ? redacted : mapTexts(item, change),
  ]);
  return Object.fromEntries(entries);
}
