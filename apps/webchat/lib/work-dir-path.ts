/** A path as its place in the work dir; undefined for what lies elsewhere, or is the work dir itself. */
export function toWorkDirPath(path: string, workDir: string): string | undefined {
  const isAbsolute = path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);
  const inside = isAbsolute ? withoutBase(path, workDir) : path.replace(/^(\.\/)+/, '');
  if (inside === undefined || inside === '') return undefined;
  const plain = inside.replaceAll('\\', '/');
  return plain.split('/').some((name) => name === '' || name === '.' || name === '..') ? undefined : plain;
}

function withoutBase(path: string, base: string): string | undefined {
  const root = base.replace(/[\\/]+$/, '');
  return path.startsWith(`${root}/`) || path.startsWith(`${root}\\`)
    ? path.slice(root.length + 1)
    : undefined;
}
