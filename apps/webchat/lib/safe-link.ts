const allowed = new Set(['http:', 'https:', 'mailto:']);

/** The address of a link an agent wrote, if following it is harmless; `undefined` for every other scheme and for relative ones (X5). */
export function safeLink(href: string | undefined): string | undefined {
  if (!href) return undefined;
  try {
    const url = new URL(href);
    return allowed.has(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}
