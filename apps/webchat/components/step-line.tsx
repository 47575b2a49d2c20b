import type { ServerData } from '@hotplex/aep-protocol';
import { formatDuration } from '../lib/format-duration.ts';

/** A piece of work inside the turn that is no tool call. */
export function StepLine({ step }: { step: ServerData<'step'> }) {
  const words = [step.name ?? step.step_type, step.status, step.duration && formatDuration(step.duration)];
  return (
    <p data-testid="step" className="truncate text-muted-foreground text-sm">
      {words.filter((word) => word).join(' · ')}
    </p>
  );
}
