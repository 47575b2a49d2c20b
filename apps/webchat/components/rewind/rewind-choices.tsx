'use client';
import type { RewindPreview } from '@hotplex/client-sdk';
import { useId } from 'react';
import { obstacleOf, type RewindChoice, rewindChoices } from '../../lib/rewind-choice.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';

type Props = {
  preview: RewindPreview;
  choice: RewindChoice | undefined;
  onChoose: (choice: RewindChoice) => void;
};

/** What goes back; what cannot says why. */
export function RewindChoices({ preview, choice, onChoose }: Props) {
  const texts = useTexts();
  const name = useId();
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="sr-only">{texts.rewind.what}</legend>
      {rewindChoices.map((each) => {
        const obstacle = obstacleOf(each, preview);
        return (
          <label
            key={each}
            className="flex cursor-pointer items-start gap-2.5 rounded-lg border px-3 py-2 hover:bg-accent has-disabled:cursor-default has-checked:border-primary has-checked:bg-primary/5 has-disabled:bg-muted has-disabled:text-muted-foreground"
          >
            <input
              type="radio"
              name={name}
              className="mt-0.5 size-4 accent-primary"
              checked={choice === each}
              disabled={obstacle !== undefined}
              onChange={() => onChoose(each)}
            />
            <span className="min-w-0">
              <span className="font-medium">{texts.rewind[each]}</span>
              <span className="block text-muted-foreground text-xs">
                {obstacle === undefined ? texts.rewind.explain[each] : texts.rewind.impossible[obstacle]}
              </span>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
