'use client';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { Select } from '../ui/select.tsx';
import { useOpenChanges } from './changes-context.tsx';

/** Chooses what is shown: everything, or what one turn did. */
export function SinceField({ prompts }: { prompts: ReadonlyMap<string, string> }) {
  const texts = useTexts();
  const { since, list, open } = useOpenChanges();
  const order = [...prompts.keys()];
  const turns = (list?.turns ?? []).filter(({ id, files }) => files > 0 || id === since);
  return (
    <div className="min-w-0 max-w-64 flex-1 sm:flex-none">
      <Select
        aria-label={texts.changes.since}
        value={since}
        onChange={(event) => open(event.target.value)}
        className="h-8 pr-8 pl-2.5 text-xs pointer-coarse:h-9"
      >
        <option value="start">{texts.changes.session}</option>
        {turns.toReversed().map(({ id }) => (
          <option key={id} value={id}>
            {texts.changes.turn(order.indexOf(id) + 1, shorten(prompts.get(id) ?? ''))}
          </option>
        ))}
      </Select>
    </div>
  );
}

const longest = 40;

function shorten(prompt: string): string {
  const [line = ''] = prompt.trim().split('\n');
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
