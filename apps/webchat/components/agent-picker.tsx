'use client';
import type { AgentSummary } from '@hotplex/client-sdk';
import { type Ref, useEffect, useRef } from 'react';
import { agentTraits } from '../lib/agent-traits.ts';
import { useTexts } from '../lib/texts/use-texts.ts';

type Props = {
  /** Those that can be started, in the order they are shown. */
  agents: AgentSummary[];
  value: string | undefined;
  onChange: (type: string) => void;
  error: string | undefined;
};

/** A choice among agents, each with what sets it apart. */
export function AgentPicker({ agents, value, onChange, error }: Props) {
  const texts = useTexts();
  const chosen = useRef<HTMLInputElement>(null);
  // The list may come after the window has opened; then the keyboard still starts here.
  useEffect(() => chosen.current?.focus({ preventScroll: true }), []);
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 font-medium text-sm">{texts.newSession.agent}</legend>
      {agents.length === 0 && <p className="text-muted-foreground text-sm">{texts.newSession.noAgents}</p>}
      {agents.map((agent) => (
        <AvailableAgent
          key={agent.type}
          agent={agent}
          chosen={agent.type === value}
          input={agent.type === value ? chosen : undefined}
          onChoose={() => onChange(agent.type)}
        />
      ))}
      {error !== undefined && (
        <p role="alert" className="text-destructive text-xs">
          {error}
        </p>
      )}
    </fieldset>
  );
}

type AvailableProps = {
  agent: AgentSummary;
  chosen: boolean;
  input: Ref<HTMLInputElement> | undefined;
  onChoose: () => void;
};

function AvailableAgent({ agent, chosen, input, onChoose }: AvailableProps) {
  const texts = useTexts();
  const traits = agentTraits(agent, texts.newSession.traits);
  const note = texts.newSession.notes[agent.type];
  return (
    <label className="flex cursor-pointer items-start gap-3 rounded-lg border px-3 py-2.5 hover:bg-accent has-checked:border-primary has-checked:bg-primary/5">
      <input
        ref={input}
        type="radio"
        name="agent"
        className="mt-0.5 size-4 shrink-0 accent-primary"
        value={agent.type}
        checked={chosen}
        onChange={onChoose}
      />
      <span className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="flex items-baseline justify-between gap-3">
          <span className="font-medium text-sm">{texts.newSession.agentTitle(agent.type, agent.title)}</span>
          {agent.version !== null && (
            <span className="min-w-0 truncate text-muted-foreground text-xs">{agent.version}</span>
          )}
        </span>
        {traits.length > 0 && (
          <span className="text-muted-foreground text-xs" data-testid="traits">
            {traits.join(' · ')}
          </span>
        )}
        {chosen && note !== undefined && <span className="text-muted-foreground text-xs">{note}</span>}
      </span>
    </label>
  );
}
