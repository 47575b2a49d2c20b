'use client';
import { useState } from 'react';
import { toStartProblem } from '../lib/start-problem.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { useAnswering } from './answering-context.tsx';
import { MoveSessionDialog } from './move-session-dialog.tsx';
import { Button } from './ui/button.tsx';
import { CopyButton } from './ui/copy-button.tsx';

/** Of a session whose agent cannot be started any more: why not, and the way on. */
export function StartObstacle({ error }: { error: unknown }) {
  const problem = toStartProblem(error);
  if (!problem) return null;
  if (problem.kind === 'work-dir') return <LostWorkDir problem={problem.problem} />;
  return <LostAgent agent={problem.agent} install={problem.install} />;
}

function LostWorkDir({ problem }: { problem: string }) {
  const texts = useTexts();
  const { id } = useAnswering();
  const [moving, setMoving] = useState(false);
  const words = texts.newSession.workDirProblems[problem];
  return (
    <div className="mt-2 flex flex-col items-start gap-2">
      <p>
        {words === undefined
          ? texts.resume.workDirLost
          : texts.newSession.refused(texts.newSession.workDir, words)}
      </p>
      <Button size="small" onClick={() => setMoving(true)}>
        {texts.resume.move}
      </Button>
      {moving && <MoveSessionDialog sessionId={id} onClose={() => setMoving(false)} />}
    </div>
  );
}

function LostAgent({ agent, install }: { agent: string; install: string }) {
  const texts = useTexts();
  return (
    <div className="mt-2 flex flex-col gap-1.5">
      <p>{texts.resume.agentLost(agent)}</p>
      <div className="flex items-start gap-2 rounded-md bg-muted py-1 pr-1 pl-2.5">
        <code className="wrap-anywhere min-w-0 flex-1 select-all py-1 font-mono text-xs">{install}</code>
        <CopyButton text={install} />
      </div>
    </div>
  );
}
