type Page = {
  location: { hash: string; pathname: string; search: string };
  history: { state: unknown; replaceState: (state: unknown, unused: string, url: string) => void };
};

/** The one-time code of a link `/#code=…`. It is removed from the address bar and the history before anything else happens. */
export function takeSignInCode(page: Page): string | undefined {
  const fragment = new URLSearchParams(page.location.hash.replace(/^#/, ''));
  const code = fragment.get('code');
  if (code === null) return undefined;
  page.history.replaceState(page.history.state, '', page.location.pathname + page.location.search);
  return code === '' ? undefined : code;
}
