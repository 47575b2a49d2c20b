import type { AcpxCommands } from './acpx-commands.ts';

export type OpenSessionOptions = {
  commands: AcpxCommands;
  /** The name of the session to go on with. */
  resume: string | undefined;
  model: string | undefined;
  newName(): string;
};

/** `lost`: why it is not the one that was to be resumed. */
export type OpenedSession = { name: string; recordId: string; lost?: string };

/** Goes on with the session of this name, or makes a new one and says what was lost. Rejects with AcpxRefusal. */
export async function openSession(options: OpenSessionOptions): Promise<OpenedSession> {
  const { commands, resume, newName } = options;
  if (resume === undefined) return create(options);
  const status = await findStatus(resume, commands);
  const { status: state, acpxRecordId: recordId, acpxSessionId: agentSession } = status;
  if (recordId === undefined) {
    return { ...(await create(options)), lost: 'acpx no longer has this conversation' };
  }
  if (state !== 'alive') return { name: resume, recordId };
  // Its queue owner outlived a gateway that was killed. acpx ends it only together with the name it serves.
  await commands.run('session_closed', ['sessions', 'close', resume]);
  const name = newName();
  const from = agentSession === undefined ? [] : [`--resume-session=${agentSession}`];
  const args = ['sessions', 'new', `--name=${name}`, ...from];
  const { acpxRecordId } = await commands.run('session_ensured', args);
  return { name, recordId: acpxRecordId };
}

/** How often it is asked again about an owner that is gone. */
const statusTries = 20;

/**
 * The session as acpx knows it. NOTE: the lease of an owner that was killed stands for as long as the system lists its
 * pid, and who would be the owner after it ends at once, as if all was well. Whoever asks later than that clears it away.
 */
async function findStatus(name: string, commands: AcpxCommands) {
  for (let tries = 1; ; tries += 1) {
    const status = await commands.run('status_snapshot', ['status', `--session=${name}`]);
    const leaseStands = status.status === 'dead' && status.pid !== undefined;
    if (!leaseStands || tries === statusTries) return status;
  }
}

async function create({ commands, model, newName }: OpenSessionOptions): Promise<OpenedSession> {
  const name = newName();
  const choice = model === undefined ? [] : [`--model=${model}`];
  const args = [...choice, 'sessions', 'new', `--name=${name}`];
  const { acpxRecordId: recordId } = await commands.run('session_ensured', args);
  return { name, recordId };
}
