import * as z from 'zod';

/** What a gate calls its question. The answer is a file of that name, so it is a name and nothing else. */
export const checkId = z.string().regex(/^[\w-]{1,64}$/);
