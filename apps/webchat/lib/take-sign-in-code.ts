type Page = {
  location: { hash: string; pathname: string; search: string };
  history: { state: unknown; replaceState: (state: unknown, unused: string, url: string) => void };
};

/** The one-time code of a link `/#code=…`. It is removed from the address bar and the history before anything else happens. */
export function takeSignInCode(page: Page): string | undefined {
  return takeFromFragment(page, 'code');
}

/** Why the gateway sent a browser back from its provider without a sign-in: `/#refused=…`. */
export function takeRefusal(page: Page): 'account-refused' | 'provider-refused' | undefined {
  const why = takeFromFragment(page, 'refused');
  if (why === undefined) return undefined;
  return why === 'account' ? 'account-refused' : 'provider-refused';
}

function takeFromFragment(page: Page, name: string): string | undefined {
  const value = new URLSearchParams(page.location.hash.replace(/^#/, '')).get(name);
  if (value === null) return undefined;
  page.history.replaceState(page.history.state, '', page.location.pathname + page.location.search);
  return value === '' ? undefined : value;
}
