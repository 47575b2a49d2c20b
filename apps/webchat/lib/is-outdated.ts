/** Whether the gateway serves another page by now than the one that runs these scripts. What cannot be asked is not. */
export async function isOutdated(
  scripts: readonly string[],
  read: () => Promise<Pick<Response, 'ok' | 'text'>>,
): Promise<boolean> {
  try {
    const answer = await read();
    if (!answer.ok) return false;
    const page = await answer.text();
    return !scripts.every((script) => page.includes(script));
  } catch {
    return false;
  }
}
