/** What an agent may write, and what it should not get away with. */
export const markdownText = `Here is what I found. The **parser** drops the last line when it has no newline, see [the report](https://example.com/report) and \`src/lines.ts\`.

| case | before | after |
| --- | --- | --- |
| no newline at end | lost | kept |
| CRLF | kept | kept |

\`\`\`ts
export function lines(text: string): string[] {
  // The last line counts even without its newline.
  return text.split(/\\r?\\n/);
}
\`\`\`

1. Read the tests
2. Change \`lines\`
   - keep \`\\r\\n\`

> It was never lost on disk.

<script>alert(1)</script> <b>not bold</b>

An image from elsewhere ![tracker](https://example.com/pixel.png) [bad](javascript:alert(1)) ![dot](data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==)`;
