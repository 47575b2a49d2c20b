import type { ServerData } from '@hotplex/aep-protocol';
import { formatDuration } from '../lib/format-duration.ts';
import { useTexts } from '../lib/texts/use-texts.ts';

/** A piece of work inside the turn that is no tool call. */
export function StepLine({ step }: { step: ServerData<'step'> }) {
  const { steps } = useTexts();
  const status = step.status && (steps.status[step.status] ?? step.status);
  const name = step.name ?? steps.kind[step.step_type] ?? step.step_type;
  const words = [name, status, step.duration && formatDuration(step.duration)];
  return (
    <p data-testid="step" className="truncate text-muted-foreground text-sm">
      {words.filter((word) => word).join(' · ')}
    </p>
  );
}
