'use client';
import { CircleStop, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { SessionReport } from '../../lib/admin/reports.ts';
import { useAdminTexts } from '../../lib/admin/texts/use-admin-texts.ts';
import { classNames } from '../../lib/class-names.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { useAdminApi, useMay } from './admin-context.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';

type Props = {
  session: Pick<SessionReport, 'id' | 'owner_id' | 'state'>;
  onDone: () => void;
  onRemoved?: () => void;
  /** Without words, in a row of a table. */
  isCompact?: boolean;
};

/** Stops the agent of a session, or deletes it, once that is confirmed. */
export function SessionActions({
  session: { id, owner_id: owner, state },
  onDone,
  onRemoved = onDone,
  isCompact,
}: Props) {
  const { sessions: texts } = useAdminTexts();
  const { labelled } = useTexts();
  const api = useAdminApi();
  const [mayStop, mayRemove] = [useMay('session:write'), useMay('session:delete')];
  const [asking, setAsking] = useState<'stop' | 'remove'>();
  const close = () => setAsking(undefined);
  const size = isCompact ? 'iconSmall' : 'medium';
  return (
    <div className={classNames('flex justify-end', isCompact ? 'gap-1' : 'flex-wrap gap-2')}>
      {mayStop && (
        <Button
          tone={isCompact ? 'quiet' : 'plain'}
          size={size}
          disabled={state === 'terminated'}
          aria-label={isCompact ? `${labelled(texts.stop)}${id}` : undefined}
          title={texts.stop}
          onClick={() => setAsking('stop')}
        >
          <CircleStop aria-hidden />
          {!isCompact && texts.stop}
        </Button>
      )}
      {mayRemove && (
        <Button
          tone={isCompact ? 'quiet' : 'danger'}
          size={size}
          aria-label={isCompact ? `${labelled(texts.remove)}${id}` : undefined}
          title={texts.remove}
          onClick={() => setAsking('remove')}
        >
          <Trash2 aria-hidden />
          {!isCompact && texts.remove}
        </Button>
      )}
      {asking === 'stop' && (
        <ConfirmDialog
          {...{ title: texts.stopTitle, explain: texts.stopExplain, action: texts.stop, done: texts.stopped }}
          {...{ run: () => api.terminate(id), onClose: close, onDone }}
        />
      )}
      {asking === 'remove' && (
        <ConfirmDialog
          {...{ title: texts.removeTitle, explain: texts.removeExplain(owner), action: texts.remove }}
          {...{ done: texts.removed, run: () => api.remove(id), onClose: close, onDone: onRemoved }}
        />
      )}
    </div>
  );
}
