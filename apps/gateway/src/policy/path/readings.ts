/**
 * All paths that a tool may take a text for: agents trim it, strip an `@`, know `~`, and decode what looks like a URL's.
 * What a tool does not do leads to a place that it does not touch, so the strictest answer of all of them is right.
 */
export function readingsOf(text: string, home: string): readonly string[] {
  const variants: ((text: string) => string)[] = [
    decode,
    (path) => path.trim(),
    (path) => path.replace(/^@/, ''),
    (path) => path.replace(/^~(?=\/|$)/, home),
  ];
  const readings = new Set([text]);
  for (const variant of variants) for (const path of [...readings]) readings.add(variant(path));
  return [...readings];
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
