import { escapeInvisible } from '../lib/escape-invisible.ts';

/** Text a person decides on: what cannot be seen is shown as a code (C7). */
export function EscapedText({ text }: { text: string }) {
  let position = 0;
  return escapeInvisible(text).map((segment) => {
    const key = position;
    position += segment.text.length;
    if (!segment.escaped) return segment.text;
    return (
      <span
        key={key}
        data-testid="escaped"
        className="rounded-sm bg-warning-surface px-0.5 font-mono text-[0.85em] text-warning"
      >
        {segment.text}
      </span>
    );
  });
}
