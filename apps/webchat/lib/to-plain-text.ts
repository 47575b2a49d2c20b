/** A tool's output as text: itself, its text blocks, its stdout and stderr, or JSON. */
export function toPlainText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every(isTextBlock)) return value.map((block) => block.text).join('\n');
  if (typeof value === 'object' && 'stdout' in value && typeof value.stdout === 'string') {
    const errors = 'stderr' in value && typeof value.stderr === 'string' ? value.stderr : '';
    return [value.stdout, errors].filter((stream) => stream !== '').join('\n');
  }
  return JSON.stringify(value, null, 2);
}

function isTextBlock(value: unknown): value is { text: string } {
  return typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string';
}
