/** Reads from local storage. Never throws: a browser may forbid it. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Writes to local storage, or removes with `null`. Never throws: then the value lives as long as the page. */
export function writeStored(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Storage is full or forbidden; nothing on this page depends on it.
  }
}

/** Calls `listener` when another tab of this browser writes or removes it. */
export function watchStored(key: string, listener: () => void): void {
  globalThis.addEventListener?.('storage', (event) => {
    // Without a key everything was removed.
    if (event.key === key || event.key === null) listener();
  });
}
