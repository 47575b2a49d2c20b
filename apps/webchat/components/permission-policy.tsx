'use client';
import { decisionText } from '../lib/decision-text.ts';
import type { RequestPart } from '../lib/request-part.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { EscapedText } from './escaped-text.tsx';
import { PolicyReason } from './policy-reason.tsx';

type Policy = NonNullable<RequestPart<'permission'>['policy']>;

/** Why a person is asked, and what the call would really run and touch (P4). */
export function PermissionPolicy({ policy, input }: { policy: Policy; input: unknown }) {
  const { permission: texts } = useTexts();
  const { decision, rule, reason, command, cwd, targets = [] } = policy;
  const isNew = command !== undefined && !decisionText(input).includes(command);
  const rows: [label: string, lines: readonly string[]][] = [
    [texts.resolved, isNew ? [command] : []],
    [texts.folder, cwd === undefined ? [] : [cwd]],
    [texts.touches, targets],
  ];
  return (
    <div className="flex flex-col gap-1 text-sm" data-testid="permission-policy">
      {decision === 'ask' && (
        <p>
          <PolicyReason rule={rule} reason={reason} />{' '}
          <span className="text-muted-foreground text-xs">{rule}</span>
        </p>
      )}
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-xs">
        {rows
          .filter(([, lines]) => lines.length > 0)
          .map(([label, lines]) => (
            <div key={label} className="contents">
              <dt className="text-muted-foreground">{label}</dt>
              <dd className="whitespace-pre-wrap break-all font-mono">
                <EscapedText text={lines.join('\n')} />
              </dd>
            </div>
          ))}
      </dl>
    </div>
  );
}
