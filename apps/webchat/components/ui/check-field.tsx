type Props = { label: string; checked: boolean; onChange: (checked: boolean) => void };

/** A choice of yes or no with its words beside it. */
export function CheckField({ label, checked, onChange }: Props) {
  return (
    <label className="flex items-center gap-2.5 text-sm">
      <input
        type="checkbox"
        className="size-4 shrink-0 accent-primary"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
    </label>
  );
}
