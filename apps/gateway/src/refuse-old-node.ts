/** Of Node: the first version with all that is used here, as in `engines` of the package. */
const [oldest, minor] = [22, 19];

/** What to say to somebody whose Node is too old; undefined if it is not. `version` as in `process.versions.node`. */
export function refuseOldNode(version: string): string | undefined {
  const [major = 0, least = 0] = version.split('.').map(Number);
  if (major > oldest || (major === oldest && least >= minor)) return undefined;
  return `hotplex needs Node ${oldest}.${minor} or newer, and this is ${version}: install one from nodejs.org, or put it first in PATH`;
}
