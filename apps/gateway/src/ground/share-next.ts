/**
 * A look that those share who ask for it at the same time. Whoever asks while one is under way gets the next: what is seen
 * was never looked at before it was asked for. A look must not reject.
 */
export function shareNext<T>(look: () => Promise<T>): () => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;
  return () => {
    if (next) return next;
    const asked = last.then(() => {
      next = undefined;
      return look();
    });
    next = asked;
    last = asked;
    return asked;
  };
}
