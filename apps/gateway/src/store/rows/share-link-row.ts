import * as z from 'zod';
import { leftOutKinds, type ShareLink } from '../../ground/share-link.ts';

/** A link as a database gives it, what it leaves out still as JSON text. */
export type ShareLinkRow = Omit<ShareLink, 'leftOut'> & { leftOut: string };

const leftOut = z.array(z.enum(leftOutKinds));

export function toShareLink(row: ShareLinkRow): ShareLink {
  return { ...row, leftOut: leftOut.parse(JSON.parse(row.leftOut)) };
}
