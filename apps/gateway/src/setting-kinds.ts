import { z } from 'zod';

/** Yes or no. */
export const flag = z.union(
  [z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')],
  'must be true or false',
);

/** A list of texts; in the environment with commas between them. */
export const list = z.preprocess(fromCommaList, z.array(z.string()));

/** In the environment a list is its items with commas between them. */
export function fromCommaList(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const items = value.split(',').map((item) => item.trim());
  return items.filter((item) => item !== '');
}
