'use client';
import { permissionMode as knownModes } from '@hotplex/aep-protocol';
import type { AgentList, SessionSummary } from '@hotplex/client-sdk';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { inOrder } from '../lib/agent-traits.ts';
import { type CreationProblem, toCreationProblem } from '../lib/creation-problem.ts';
import { isolationChoice } from '../lib/isolation-choice.ts';
import { readStored, writeStored } from '../lib/stored.ts';
import { useTexts } from '../lib/texts/use-texts.ts';
import { AgentPicker } from './agent-picker.tsx';
import { WorkDirField } from './folders/work-dir-field.tsx';
import { IsolationField } from './isolation-field.tsx';
import { MissingAgents } from './missing-agents.tsx';
import { Button } from './ui/button.tsx';
import { SelectField } from './ui/select-field.tsx';
import { TextField } from './ui/text-field.tsx';
import { useWebChat } from './web-chat-context.tsx';

type Props = { list: AgentList; onCreated: (session: SessionSummary) => void };

const lastAgentKey = 'hotplex.agent';

/** Agent, work directory, isolation and, where the agent takes them, model and permission mode. */
export function NewSessionForm({ list, onCreated }: Props) {
  const texts = useTexts();
  const { api, sessions } = useWebChat();
  const agents = inOrder(list.agents);
  const available = agents.filter((agent) => agent.available);
  const missing = agents.filter((agent) => !agent.available);
  const [wished, setWished] = useState(() => readStored(lastAgentKey));
  const [workDir, setWorkDir] = useState(list.default_work_dir);
  const [model, setModel] = useState('');
  const [mode, setMode] = useState('');
  const [wishedIsolation, setWishedIsolation] = useState('');
  const [problem, setProblem] = useState<CreationProblem>();
  const form = useRef<HTMLFormElement>(null);
  const [creating, setCreating] = useState(false);
  // An agent may come or go while the window is open: the list is asked for anew.
  const agent = available.find((candidate) => candidate.type === wished) ?? available[0];
  const accepts = (field: 'model' | 'permission_mode' | 'work_dir') =>
    agent?.accepts.includes(field) ?? false;
  const errorAt = (field: CreationProblem['field']) =>
    problem?.field === field ? problem?.message : undefined;

  useEffect(() => {
    if (problem?.field === undefined) return;
    const refused = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    refused?.focus({ preventScroll: true });
    // The reason stands below the field, and has to be seen too.
    refused?.scrollIntoView({ block: 'center' });
  }, [problem]);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!agent) return;
    setProblem(undefined);
    setCreating(true);
    const chosenMode = knownModes.safeParse(mode).data;
    const isolation = isolationChoice(agent.isolation, wishedIsolation);
    try {
      const session = await api.create({
        workerType: agent.type,
        config: {
          work_dir: workDir.trim(),
          ...(accepts('model') && model !== '' ? { model } : {}),
          ...(accepts('permission_mode') && chosenMode ? { permission_mode: chosenMode } : {}),
          ...(isolation ? { isolation } : {}),
        },
      });
      writeStored(lastAgentKey, agent.type);
      sessions.add(session);
      onCreated(session);
    } catch (error) {
      setProblem(toCreationProblem(error, texts));
      setCreating(false);
    }
  };

  return (
    <form ref={form} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <AgentPicker
        agents={available}
        value={agent?.type}
        onChange={setWished}
        error={errorAt('worker_type')}
      />
      <WorkDirField
        hint={texts.newSession.workDirHint}
        error={errorAt('work_dir')}
        value={workDir}
        onChange={setWorkDir}
      />
      {accepts('model') &&
        (agent?.models && agent.models.length > 0 ? (
          <SelectField
            label={texts.newSession.model}
            error={errorAt('model')}
            value={model}
            onChange={(event) => setModel(event.target.value)}
            options={[
              { value: '', label: texts.newSession.modelDefault },
              ...agent.models.map(({ id, name }) => ({ value: id, label: name ?? id })),
            ]}
          />
        ) : (
          <TextField
            label={texts.newSession.model}
            error={errorAt('model')}
            placeholder={texts.newSession.modelDefault}
            spellCheck={false}
            value={model}
            onChange={(event) => setModel(event.target.value)}
          />
        ))}
      {accepts('permission_mode') && (
        <SelectField
          label={texts.newSession.mode}
          error={errorAt('permission_mode')}
          value={mode}
          onChange={(event) => setMode(event.target.value)}
          options={[
            { value: '', label: texts.newSession.modeDefault },
            ...(agent?.permission_modes ?? []).map((name) => ({
              value: name,
              label: texts.newSession.modes[name as keyof typeof texts.newSession.modes] ?? name,
            })),
          ]}
        />
      )}
      {agent?.isolation && (
        <IsolationField
          isolation={agent.isolation}
          error={errorAt('isolation')}
          value={wishedIsolation}
          onChange={setWishedIsolation}
        />
      )}
      {problem && problem.field === undefined && (
        <p role="alert" className="text-destructive text-sm">
          {problem.message}
        </p>
      )}
      <Button type="submit" tone="primary" disabled={creating || !agent || workDir.trim() === ''}>
        {creating ? texts.newSession.creating : texts.newSession.create}
      </Button>
      {missing.length > 0 && <MissingAgents agents={missing} />}
    </form>
  );
}
