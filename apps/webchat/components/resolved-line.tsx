import { Check, X } from 'lucide-react';

type Props = { good: boolean; testId: string; children: string; detail?: string };

/** What is left of a card once it was answered, here or on another device. */
export function ResolvedLine({ good, testId, children, detail }: Props) {
  const Icon = good ? Check : X;
  return (
    <p
      data-testid={testId}
      data-status={good ? 'allowed' : 'denied'}
      className="flex items-start gap-2 text-sm"
    >
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${good ? 'text-success' : 'text-destructive'}`} />
      <span className="min-w-0 break-words">
        {children}
        {detail !== undefined && detail !== '' && <span className="text-muted-foreground"> · {detail}</span>}
      </span>
    </p>
  );
}
