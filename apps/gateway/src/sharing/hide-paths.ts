/** Where the people of a machine have their files; the first group is what is told of it. */
const homes = /(?:\/home|\/Users|[A-Za-z]:\\Users)[/\\][^\s/\\"'`<>|:;,()[\]{}]+|\/root(?![\w.-])/g;
/** An absolute path with a folder in it. What follows a word, as in an address of the web, is none. */
const absolute = /(?<![\w.~:/\\-])\/(?:[^\s/\\"'`<>|:;,()[\]{}]+\/)+[^\s/\\"'`<>|:;,()[\]{}]*/g;
const absoluteWindows = /(?<![\w/\\])[A-Za-z]:\\(?:[^\s/\\"'`<>|:;,()[\]{}]+\\)+[^\s/\\"'`<>|:;,()[\]{}]*/g;

/**
 * A text in which places of the machine are not to be told: what lies in the work dir is relative to that, a home is
 * `~`, and of any other absolute path the last name stays.
 */
export function hidePaths(text: string, workDir: string): string {
  const relative = workDir.length > 1 ? text.replaceAll(`${workDir}/`, './').replaceAll(workDir, '.') : text;
  return relative.replace(homes, '~').replace(absolute, toLastName).replace(absoluteWindows, toLastName);
}

function toLastName(path: string): string {
  const names = path.split(/[/\\]/).filter((name) => name !== '');
  return `…/${names.at(-1) ?? ''}`;
}
