type Props = {
  text: string;
  /** Start and length of what is to be seen, in UTF-16 units. */
  places: readonly (readonly [number, number])[];
};

/** A text with some of its places marked. */
export function HighlightedText({ text, places }: Props) {
  let end = 0;
  const pieces = [...places]
    .sort(([a], [b]) => a - b)
    .flatMap(([start, length]) => {
      if (start < end) return [];
      const before = text.slice(end, start);
      end = start + length;
      return [
        before,
        <mark key={start} className="rounded-sm bg-found text-foreground">
          {text.slice(start, end)}
        </mark>,
      ];
    });
  return (
    <>
      {pieces}
      {text.slice(end)}
    </>
  );
}
