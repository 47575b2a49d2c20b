/** The words of a prompt, without its files. */
export function promptText({ parts }: { parts: readonly { type: string; text?: string }[] }): string {
  return parts
    .flatMap((part) => (part.type === 'text' && part.text !== undefined ? [part.text] : []))
    .join('\n');
}
