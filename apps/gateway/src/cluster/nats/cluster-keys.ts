import { hkdfSync } from 'node:crypto';

/** What follows from the secret of a cluster. */
export type ClusterKeys = {
  /** Stands in the clear in front of all that belongs to the cluster; says nothing of the secret. */
  name: string;
  /** A key of 256 bits. Each purpose and salt has its own, which says nothing of another or of the secret. */
  derive(purpose: string, salt: string): Buffer;
};

/** By HKDF with SHA-256 (RFC 5869). */
export function createClusterKeys(secret: string): ClusterKeys {
  const derive = (purpose: string, salt: string) =>
    Buffer.from(hkdfSync('sha256', secret, salt, `hotplex cluster 1, ${purpose}`, 32));
  return { name: derive('name', '').toString('hex', 0, 8), derive };
}
