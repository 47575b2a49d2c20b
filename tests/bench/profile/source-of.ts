import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The bundler says before each module which file it was. */
const mark = /^\/\/ ((?:src|\.\.)\/\S+)$/;

/** Tells of a line of a built program from which source it is; of any other script, its address. */
export function createSourceOf(): (url: string, line: number) => string {
  const known = new Map<string, readonly string[]>();
  const sourcesOf = (url: string) => {
    let source = url;
    return readFileSync(fileURLToPath(url), 'utf8')
      .split('\n')
      .map((line) => {
        source = mark.exec(line)?.[1] ?? source;
        return source;
      });
  };
  return (url, line) => {
    if (!url.startsWith('file:') || !url.includes('/dist/') || url.includes('node_modules')) return url;
    const sources = known.get(url) ?? sourcesOf(url);
    known.set(url, sources);
    return sources[line] ?? url;
  };
}
