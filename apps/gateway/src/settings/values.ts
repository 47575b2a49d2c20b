import { z } from 'zod';

const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A length of time: a number of milliseconds, or text such as `30s`, `5m`, `12h`, `7d`. */
export const duration = z.union([z.number().nonnegative(), z.string()]).transform((value, context) => {
  if (typeof value === 'number') return value;
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(value.trim());
  if (match) return Number(match[1]) * units[(match[2] ?? 'ms') as keyof typeof units];
  context.addIssue({
    code: 'custom',
    message: 'must be a number of milliseconds, or a time such as 500ms, 30s, 5m, 12h or 7d',
  });
  return z.NEVER;
});

const sizeUnits = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 } as const;

/** A number of bytes, or text such as `512MB`, `4GB`. */
export const size = z.union([z.number().nonnegative(), z.string()]).transform((value, context) => {
  if (typeof value === 'number') return value;
  const match = /^(\d+(?:\.\d+)?)(B|KB|MB|GB)?$/.exec(value.trim());
  if (match) return Number(match[1]) * sizeUnits[(match[2] ?? 'B') as keyof typeof sizeUnits];
  context.addIssue({ code: 'custom', message: 'must be a number of bytes, or a size such as 512MB or 4GB' });
  return z.NEVER;
});

/** Where to listen: `host:port`. */
export const address = z
  .string()
  .regex(/^(?:\[[0-9a-fA-F:]+\]|[^:\s]*):\d{1,5}$/, 'must be host:port, such as 127.0.0.1:8888')
  .refine((text) => Number(text.slice(text.lastIndexOf(':') + 1)) < 65_536, 'has a port above 65535');

const wholeNumber = 'must be a whole number above 0';
/** How many: at least one. */
export const count = z.coerce.number(wholeNumber).int(wholeNumber).positive(wholeNumber);

const notNegative = 'must be a number, 0 or above';
/** How much; 0 where there is no limit. */
export const amount = z.coerce.number(notNegative).nonnegative(notNegative);

/** Yes or no. */
export const flag = z.union(
  [z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')],
  'must be true or false',
);

/** Texts; in the environment with commas between them. */
export const list = z.preprocess(fromCommaList, z.array(z.string()));

/** In the environment a list is its items with commas between them. */
export function fromCommaList(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const items = value.split(',').map((item) => item.trim());
  return items.filter((item) => item !== '');
}

/** In the environment a mapping is JSON. */
export function fromJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Marks a setting whose value is never shown. */
export const secret = { secret: true } as const;

/** Marks a setting that a running gateway takes up; the others wait for a restart. */
export const live = { live: true } as const;
