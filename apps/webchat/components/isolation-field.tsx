'use client';
import type { AgentSummary } from '@hotplex/client-sdk';
import { isolationChoice } from '../lib/isolation-choice.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { SelectField } from './ui/select-field.tsx';

type Props = {
  isolation: NonNullable<AgentSummary['isolation']>;
  /** The chosen level; empty for what the gateway is set up with. */
  value: string;
  onChange: (level: string) => void;
  error: string | undefined;
};

/** What keeps the agent from the rest of the machine: what cannot be chosen is there, too, and says why. */
export function IsolationField({ isolation, value, onChange, error }: Props) {
  const { isolation: texts } = useTexts();
  const chosen = isolationChoice(isolation, value) ?? isolation.default;
  return (
    <SelectField
      label={texts.label}
      error={error}
      hint={texts.means[chosen]}
      value={chosen}
      onChange={({ target }) => onChange(target.value)}
      options={isolation.levels.map(({ level, available, problem, reason }) => ({
        value: level,
        label: [
          texts.levels[level],
          level === isolation.default && texts.asSetUp,
          problem && texts.problems[problem],
        ]
          .filter(Boolean)
          .join(' – '),
        disabled: !available && level !== isolation.default,
        title: reason,
      }))}
    />
  );
}
