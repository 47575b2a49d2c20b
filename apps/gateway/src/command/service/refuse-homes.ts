import { StartError } from '../../ground/start-error.ts';

/** The service of the whole machine sees no homes. Throws StartError if what it would run lies in one. */
export function refuseHomes(files: readonly string[]): void {
  const own = files.find((file) => /^\/(home|root|run\/user)\//.test(file));
  if (own === undefined) return;
  throw new StartError(
    `the user hotplex cannot run ${own}: install Node and HotPlex for the whole machine, such as with npm install -g --prefix /usr/local`,
  );
}
