'use client';
import { type SubmitEvent, useState } from 'react';
import { toCreationProblem } from '../lib/creation-problem.ts';
import { selectSession } from '../lib/selected-session.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useObservable } from '../lib/use-observable.ts';
import { WorkDirField } from './folders/work-dir-field.tsx';
import { Button } from './ui/button.tsx';
import { Dialog } from './ui/dialog.tsx';
import { useWebChat } from './web-chat-context.tsx';

type Props = { sessionId: string; onClose: () => void };

/** Goes on with a session in another directory: a fork of it, since a session stays where it was opened. */
export function MoveSessionDialog({ sessionId, onClose }: Props) {
  const texts = useTexts();
  const { sessions, agents } = useWebChat();
  const list = useObservable(sessions.state);
  const { list: known } = useObservable(agents.state);
  const [workDir, setWorkDir] = useState(known?.default_work_dir ?? '');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const title = list.sessions.find(({ id }) => id === sessionId)?.title ?? texts.sessions.untitled;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setProblem(undefined);
    setBusy(true);
    try {
      const { id } = await sessions.fork(sessionId, { title, workDir: workDir.trim() });
      onClose();
      selectSession(id);
    } catch (error) {
      setProblem(toCreationProblem(error, texts).message);
      setBusy(false);
    }
  };
  return (
    <Dialog open onOpenChange={onClose} title={texts.resume.move} description={texts.resume.moveExplain}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <WorkDirField
          hint={texts.newSession.workDirHint}
          error={problem}
          value={workDir}
          onChange={setWorkDir}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button type="submit" tone="primary" busy={busy} disabled={workDir.trim() === ''}>
            {texts.resume.goOn}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
