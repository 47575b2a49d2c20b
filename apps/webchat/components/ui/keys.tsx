/** Keys that are pressed together. */
export function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <span className="flex shrink-0 gap-1">
      {keys.map((key) => (
        <kbd
          key={key}
          className="min-w-5.5 rounded-md border bg-muted px-1.5 py-0.5 text-center font-sans text-foreground text-xs"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
