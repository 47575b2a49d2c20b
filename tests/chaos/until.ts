/** Resolves with what `find` finds, looked for again and again; with undefined when the time is over. */
export async function until<T>(
  find: () => T | undefined | Promise<T | undefined>,
  { withinMs, everyMs = 25 }: { withinMs: number; everyMs?: number },
): Promise<T | undefined> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = await find();
    if (found !== undefined || performance.now() > deadline) return found;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
