import { z } from 'zod';

const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A length of time: a number of milliseconds, or text such as `30s`, `5m`, `12h`, `7d`. */
export const duration = z.union([z.number().nonnegative(), z.string()]).transform((value, context) => {
  if (typeof value === 'number') return value;
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(value.trim());
  if (match) return Number(match[1]) * units[match[2] as keyof typeof units];
  context.addIssue({ code: 'custom', message: 'must be a time such as 500ms, 30s, 5m, 12h or 7d' });
  return z.NEVER;
});

/** Several texts. */
export const list = z.preprocess(fromCommaList, z.array(z.string()));

/** In the environment a list is its items with commas between them. */
export function fromCommaList(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const items = value.split(',').map((item) => item.trim());
  return items.filter((item) => item !== '');
}
