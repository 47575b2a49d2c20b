/** The end of a path that fits a narrow place: its last names, two unless said otherwise. */
export function shortPath(path: string, count = 2): string {
  const names = path.split('/').filter((name) => name !== '');
  if (names.length <= count) return path;
  const end = names.slice(-count).join('/');
  return count === 1 ? end : `…/${end}`;
}
