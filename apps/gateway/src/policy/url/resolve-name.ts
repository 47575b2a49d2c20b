import { lookup } from 'node:dns/promises';
import type { ResolveName } from './vet-url.ts';

/** All addresses of a name, as programs of this machine get them: `/etc/hosts` included. Throws Error if there are none. */
export const resolveName: ResolveName = async (host) => {
  const answers = await lookup(host, { all: true });
  return answers.map(({ address }) => address);
};
