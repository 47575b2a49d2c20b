const sentence = 'One line of a very long answer, said again and again to see who can hold it.';

/** What `huge` says: 2 MB of numbered lines. */
export function hugeText(): string {
  const lines: string[] = [];
  for (let bytes = 0; bytes < 2_000_000; ) {
    const line = `${lines.length + 1}: ${sentence}\n`;
    lines.push(line);
    bytes += line.length;
  }
  return lines.join('');
}
