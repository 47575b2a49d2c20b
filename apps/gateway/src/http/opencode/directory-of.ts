import type { Context } from 'hono';

/** The folder a request is about: OpenCode’s clients name it in the query, or in a header where it is URL-encoded. */
export function directoryOf(c: Context): string | undefined {
  const inQuery = c.req.query('directory');
  if (inQuery) return inQuery;
  const inHeader = c.req.header('x-opencode-directory');
  if (!inHeader) return undefined;
  try {
    return decodeURIComponent(inHeader);
  } catch {
    return inHeader;
  }
}
