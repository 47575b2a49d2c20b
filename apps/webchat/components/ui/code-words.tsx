/** A text in which what is typed or pressed stands between backticks. */
export function CodeWords({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <code key={index} className="rounded-sm bg-muted px-1 py-0.5 text-[0.9em] text-foreground">
        {part}
      </code>
    ),
  );
}
