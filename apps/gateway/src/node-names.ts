import { hostname } from 'node:os';
import type { Config } from './config-schema.ts';

/** What this gateway is called among others, and the label of the disk that its work dirs are on. */
export function nodeNames({ cluster }: Pick<Config, 'cluster'>): { node: string; workspace: string } {
  const { node = hostname(), workspace = node } = cluster;
  return { node, workspace };
}
