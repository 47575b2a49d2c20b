type Environment = {
  origin: string;
  /** The cache of this version. */
  open: () => Promise<Pick<Cache, 'match' | 'put'>>;
  fetch: (request: Request) => Promise<Response>;
};

/** Files with a hash of what is in them in their names. */
const hashed = '/_next/static/';
const others = new Set(['/icon.svg', '/manifest.webmanifest', '/manifest.zh.webmanifest']);

/**
 * What a request of the page is answered with; undefined leaves it to the browser. The page itself comes from the gateway
 * whenever that answers: a shell that was kept never meets a newer gateway. What the gateway says (API, documents) is not
 * touched.
 */
export function answerFromShell(
  request: Request,
  { origin, open, fetch }: Environment,
): Promise<Response> | undefined {
  const { pathname, origin: asked } = new URL(request.url);
  if (request.method !== 'GET' || asked !== origin) return undefined;
  const kept = async (key: Request | string) => (await open()).match(key);
  if (request.mode === 'navigate' && pathname === '/')
    return fetch(request).catch(async (error: unknown) => {
      const page = await kept('/');
      if (page) return page;
      throw error;
    });
  if (pathname.startsWith(hashed))
    return kept(request).then(async (known) => {
      if (known) return known;
      const answer = await fetch(request);
      if (answer.ok) await (await open()).put(request, answer.clone());
      return answer;
    });
  if (others.has(pathname))
    return fetch(request).catch(async (error: unknown) => {
      const known = await kept(pathname);
      if (known) return known;
      throw error;
    });
  return undefined;
}
