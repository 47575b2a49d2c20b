import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** The page in the data folder by which a browser opens a sign-in link, which is a secret. */
export const signInPage = (dataDir: string): string => join(dataDir, 'sign-in.html');

/** Removes it, once its link is of no use to anybody who has a right to it. Throws the error of the file system. */
export function removeSignInPage(dataDir: string): void {
  rmSync(signInPage(dataDir), { force: true });
}
