'use client';
import type { AgentSummary } from '@hotplex/client-sdk';
import { missingReason } from '../lib/missing-reason.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { CopyButton } from './ui/copy-button.tsx';

/** The agents this machine does not have: why not, and the command that changes it. */
export function MissingAgents({ agents }: { agents: AgentSummary[] }) {
  const texts = useTexts();
  return (
    <div className="rounded-lg border border-dashed text-muted-foreground text-xs">
      <p className="px-3 pt-2 pb-0.5">{texts.newSession.missing}</p>
      <ul className="divide-y">
        {agents.map((agent) => (
          <li key={agent.type} className="flex flex-col gap-1 px-3 py-2" data-testid="missing-agent">
            <p>
              <span className="font-medium text-sm">
                {texts.newSession.agentTitle(agent.type, agent.title)}
              </span>
              {agent.reason !== undefined && (
                <span className="break-words"> · {missingReason(agent.reason, texts.newSession)}</span>
              )}
            </p>
            {agent.install !== undefined && (
              <div className="flex items-start gap-1.5">
                <span className="sr-only">{texts.newSession.install}</span>
                <code className="min-w-0 flex-1 whitespace-pre-wrap wrap-anywhere rounded-md bg-muted px-2 py-1.5 font-mono text-foreground">
                  {agent.install}
                </code>
                <CopyButton text={agent.install} label={`${texts.labelled(texts.copy)}${agent.install}`} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
