'use client';
import type { AgentList } from '@hotplex/client-sdk';
import { classNames } from '../lib/class-names.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { CopyButton } from './ui/copy-button.tsx';

type Agent = AgentList['agents'][number];
type Props = {
  agents: Agent[];
  value: string | undefined;
  onChange: (type: string) => void;
  error: string | undefined;
};

/** The agents of this gateway. Those it cannot start say why, and how to install them. */
export function AgentPicker({ agents, value, onChange, error }: Props) {
  const texts = useTexts();
  const ordered = [...agents].sort((a, b) => Number(b.available) - Number(a.available));
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 font-medium text-sm">{texts.newSession.agent}</legend>
      {!agents.some((agent) => agent.available) && (
        <p className="text-muted-foreground text-sm">{texts.newSession.noAgents}</p>
      )}
      {ordered.map((agent) => (
        <div
          key={agent.type}
          className="rounded-lg border has-checked:border-primary has-checked:bg-primary/5"
        >
          <label
            className={classNames('flex items-center gap-3 px-3 py-2', agent.available && 'cursor-pointer')}
          >
            <input
              type="radio"
              name="agent"
              className="size-4 accent-primary"
              value={agent.type}
              checked={agent.type === value}
              disabled={!agent.available}
              onChange={() => onChange(agent.type)}
            />
            <span className={classNames('font-medium text-sm', !agent.available && 'text-muted-foreground')}>
              {agent.title}
            </span>
            <span className="ml-auto text-muted-foreground text-xs">
              {agent.available ? agent.version : texts.newSession.unavailable}
            </span>
          </label>
          {!agent.available && <Unavailable agent={agent} />}
        </div>
      ))}
      {error !== undefined && (
        <p role="alert" className="text-destructive text-xs">
          {error}
        </p>
      )}
    </fieldset>
  );
}

function Unavailable({ agent }: { agent: Agent }) {
  const texts = useTexts();
  return (
    <div className="px-3 pb-2.5 pl-10 text-muted-foreground text-xs">
      {agent.reason}
      {agent.install !== undefined && (
        <div className="mt-1.5 flex items-center gap-2">
          <span className="sr-only">{texts.newSession.install}</span>
          <code className="min-w-0 flex-1 overflow-x-auto whitespace-nowrap rounded-md bg-muted px-2 py-1 font-mono text-foreground">
            {agent.install}
          </code>
          <CopyButton text={agent.install} label={`${texts.copy}: ${agent.install}`} />
        </div>
      )}
    </div>
  );
}
