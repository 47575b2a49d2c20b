/**
 * The first releases of each line in which a request cannot end the process any more (CVE-2026-21710, CVE-2026-21637).
 * Newer lines began after that.
 */
const firstGood: Readonly<Record<number, readonly [minor: number, patch: number]>> = {
  22: [22, 2],
  24: [14, 1],
};

/** What the operator has to know of the Node that runs us; undefined for a version without holes that we know. */
export function nodeHole(version: string): string | undefined {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const good = firstGood[major];
  if (!good) return undefined;
  const isGood = minor > good[0] || (minor === good[0] && patch >= good[1]);
  if (isGood) return undefined;
  return `Node ${version} can be ended by a single request: update it to ${major}.${good.join('.')} or later`;
}
