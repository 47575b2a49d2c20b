import type {
  ChildProcess,
  ProcessListener,
  ProcessOptions,
  SpawnProcess,
} from '../../process/child-process.ts';

export type QueueOwnerOptions = Omit<ProcessOptions, 'args'> & { recordId: string; spawn: SpawnProcess };

/**
 * Ends the owner when our end of its input is closed, as it is when the gateway is killed: by itself it reads its input
 * once and then nothing any more.
 */
const script = `
IFS= read -r payload
exec 3<&0
printf %s "$payload" | "$0" __queue-owner 3<&- &
owner=$!
(cat <&3; kill "$owner") >/dev/null 2>&1 &
wait "$owner"`;

/**
 * For a prompt, which would start an owner if ours is not up yet, and then the first of the two wins: the arguments that
 * acpx gives to node instead do nothing, and it waits for ours.
 */
export const noOwnerOfItsOwn = { ACPX_QUEUE_OWNER_ARGS: JSON.stringify(['-e', '0']) };

/**
 * The process of acpx that keeps the agent of a session and works on its prompts one after the other. Started by us and
 * not by the first prompt, with the command and the input that acpx itself starts it with: acpx would detach it, and
 * who ends a prompt would end it too, or nobody ever. Prompts find it by its lease, whoever started it.
 */
export function startQueueOwner(
  { file, recordId, spawn, ...options }: QueueOwnerOptions,
  listener: ProcessListener,
): ChildProcess {
  const child = spawn({ ...options, file: '/bin/sh', args: ['-c', script, file] }, listener);
  const payload = {
    sessionId: recordId,
    // Until a prompt brings flags of its own.
    permissionMode: 'deny-all',
    nonInteractivePermissions: 'deny',
    ...{ fs: false, terminal: false, ttlMs: 0, suppressSdkConsoleErrors: true },
  };
  child.writeLine(JSON.stringify(payload));
  return child;
}
