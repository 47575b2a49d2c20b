/** A static site that the gateway serves from its memory. */
export type Site = {
  /** The path before that of its files: nothing, or one such as `/docs`. */
  base: string;
  /** Begins the path of files whose names contain a hash of what is in them. */
  hashed: string;
  /** What is said where it is not built: HTML. */
  missing: string;
};

/** What people talk to agents with. */
export const webchatSite: Site = {
  base: '',
  hashed: '/_next/static/',
  missing: 'The web chat is not built. Run <code>pnpm build</code> and start the gateway again.',
};

/** What the folder docs says, to be read and searched. It is the same for everybody and needs no credential. */
export const docsSite: Site = {
  base: '/docs',
  hashed: '/assets/',
  missing:
    'The documentation is not built. Run <code>pnpm docs:build</code> and start the gateway again, or read the folder <code>docs</code> of the sources.',
};

/** Whether a path without its query is one of the site’s. */
export function isOf({ base }: Site, path: string): boolean {
  return path === base || path.startsWith(`${base}/`);
}
