'use client';
import type { RequestPart } from '../lib/request-part.ts';
import type { Texts } from '../lib/texts/en.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { ResolvedLine } from './resolved-line.tsx';

/** A decided permission: what was decided, and by whom or why. */
export function PermissionResolved({ request }: { request: RequestPart<'permission'> }) {
  const texts = useTexts();
  const allowed = request.status === 'allowed';
  const words = allowed ? texts.permission.allowed : texts.permission.denied;
  return (
    <ResolvedLine good={allowed} testId="permission" detail={detailOf(request, texts.permission)}>
      {words(request.tool_name)}
    </ResolvedLine>
  );
}

function detailOf({ reason, by }: RequestPart<'permission'>, texts: Texts['permission']): string | undefined {
  switch (reason) {
    case 'timeout':
    case 'policy':
    case 'interrupted':
      return texts[reason];
    default:
      return by ? texts.by(by) : undefined;
  }
}
