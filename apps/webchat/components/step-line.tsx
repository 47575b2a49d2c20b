import type { ServerData } from '@hotplex/aep-protocol';
import { formatDuration } from '../lib/format-duration.ts';
import { useTexts } from '../lib/texts/use-texts.ts';

type Props = { step: ServerData<'step'>; live: boolean };

/** A piece of work inside the turn that is no tool call. One that outlives the turn is told of anew when it ends. */
export function StepLine({ step, live }: Props) {
  const { steps, time } = useTexts();
  const outlived = !live && step.status === 'running';
  const status = outlived ? steps.started : step.status && (steps.status[step.status] ?? step.status);
  const name = step.name ?? steps.kind[step.step_type] ?? step.step_type;
  const words = [name, status, step.duration && formatDuration(step.duration, time)];
  return (
    <p data-testid="step" className="truncate text-muted-foreground text-sm">
      {words.filter((word) => word).join(' · ')}
    </p>
  );
}
