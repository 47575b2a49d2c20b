/** The end of a path that fits a narrow list: its last two names. */
export function shortPath(path: string): string {
  const names = path.split('/').filter((name) => name !== '');
  return names.length <= 2 ? path : `…/${names.slice(-2).join('/')}`;
}
