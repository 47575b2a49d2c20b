/** How much of the old end is looked for in the new text. */
const overlapLength = 256;

/**
 * What was added to a tool's output. Pi tells the whole output each time, and of a long one only its end; then the
 * old end is looked for in the new text. Undefined if the new text does not continue the old one.
 */
export function outputDelta(before: string, after: string): string | undefined {
  if (after.startsWith(before)) return after.slice(before.length);
  const end = before.slice(-overlapLength);
  const found = end.length < overlapLength ? -1 : after.lastIndexOf(end);
  return found === -1 ? undefined : after.slice(found + end.length);
}
