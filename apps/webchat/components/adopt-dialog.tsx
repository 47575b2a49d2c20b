'use client';
import { AepError, type TerminalConversation } from '@hotplex/client-sdk';
import { type SubmitEvent, useEffect, useState } from 'react';
import { inOrder } from '../lib/agent-traits.ts';
import { toCreationProblem } from '../lib/creation-problem.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useFetched } from '../lib/use-fetched.ts';
import { useObservable } from '../lib/use-observable.ts';
import { AdoptList } from './adopt-list.tsx';
import { WorkDirField } from './folders/work-dir-field.tsx';
import { Button } from './ui/button.tsx';
import { Dialog } from './ui/dialog.tsx';
import { SelectField } from './ui/select-field.tsx';
import { useWebChat } from './web-chat-context.tsx';

type Props = { onClose: () => void; onAdopted: (sessionId: string) => void };

/** Goes on with a conversation that was begun in a terminal of the gateway's machine. */
export function AdoptDialog({ onClose, onAdopted }: Props) {
  const texts = useTexts();
  const { agents, sessions, terminal } = useWebChat();
  const { list } = useObservable(agents.state);
  const [wished, setWished] = useState<string>();
  const [written, setWritten] = useState<string>();
  /** Where was looked last; each look is another one. */
  const [look, setLook] = useState({ workDir: undefined as string | undefined, count: 0 });
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  useEffect(() => void agents.refresh(), [agents]);

  const able = inOrder(list?.agents ?? []).filter(({ available, adopts }) => available && adopts);
  const agent = able.find(({ type }) => type === wished) ?? able[0];
  const workDir = look.workDir ?? list?.default_work_dir ?? '';
  const { value: found, error } = useFetched(
    async (signal) => (agent ? terminal.list(agent.type, { workDir, signal }) : []),
    JSON.stringify([agent?.type, workDir, look.count]),
  );
  const lookAgain = (event: SubmitEvent) => {
    event.preventDefault();
    setProblem(undefined);
    setLook({ workDir: (written ?? workDir).trim(), count: look.count + 1 });
  };
  const adopt = async ({ id, session_id: known }: TerminalConversation) => {
    if (known !== null) return onAdopted(known);
    if (!agent) return;
    setBusy(true);
    try {
      const session = await terminal.adopt(agent.type, id, { config: { work_dir: workDir } });
      sessions.add(session);
      onAdopted(session.id);
    } catch (refused) {
      setProblem(toCreationProblem(refused, texts).message);
      setBusy(false);
    }
  };
  const isForbidden = error instanceof AepError && error.code === 'FORBIDDEN';
  const told = error === undefined ? problem : toCreationProblem(error, texts).message;

  return (
    <Dialog open onOpenChange={onClose} title={texts.adopt.title} description={texts.adopt.explain}>
      {list && able.length === 0 ? (
        <p className="text-sm">{texts.adopt.noAgent}</p>
      ) : (
        <div className="flex min-w-0 flex-col gap-4">
          <form onSubmit={lookAgain} className="flex flex-col gap-4">
            <SelectField
              label={texts.newSession.agent}
              value={agent?.type ?? ''}
              onChange={(event) => setWished(event.target.value)}
              options={able.map(({ type, title }) => ({ value: type, label: title }))}
            />
            <WorkDirField value={written ?? workDir} onChange={setWritten} />
            <Button type="submit" className="self-end">
              {texts.adopt.look}
            </Button>
          </form>
          {told !== undefined && (
            <p role="alert" className="text-destructive text-sm">
              {isForbidden ? texts.adopt.forbidden : told}
            </p>
          )}
          {error === undefined && <AdoptList found={found} busy={busy} onChoose={(one) => void adopt(one)} />}
        </div>
      )}
    </Dialog>
  );
}
