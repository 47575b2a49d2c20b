import type { Role } from './role.ts';

/** A key of a program, as it is kept. Times are Unix milliseconds. */
export type ApiKeyRecord = {
  /** Stands in the key itself, so that it is found without a search. */
  id: string;
  /** What people call it. */
  name: string;
  /** Who it is: keys that follow each other by `--rotate` are the same somebody, another key of the same name is not. */
  subject: string;
  /** SHA-256 of the whole key. It has 256 random bits: there is nothing to be guessed that a slow hash would protect. */
  digest: string;
  role: Role;
  createdAt: number;
  expiresAt: number | null;
  /** To the minute. */
  lastUsedAt: number | null;
  revokedAt: number | null;
};
