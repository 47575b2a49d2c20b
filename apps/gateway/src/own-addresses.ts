import { networkInterfaces } from 'node:os';

/** The addresses of this machine at this moment, those of the public internet among them. */
export function ownAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((list = []) => list.map(({ address }) => address));
}
