const prefix = 'hotplex-shell-';

/** What a page without a network consists of. */
export type Shell = {
  /** Another one for other files. */
  cacheName: string;
  /** Absolute paths. */
  files: readonly string[];
};

export const shellName = (version: string) => `${prefix}${version}`;

/** Whether a cache of this origin is one of ours. */
export const isShellOf = (cacheName: string) => cacheName.startsWith(prefix);
