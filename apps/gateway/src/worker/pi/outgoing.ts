import { toPromptText } from '../prompt-text.ts';
import type { WorkerInput } from '../worker.ts';

/** A command of Pi's RPC mode without its id. */
export type PiCommand = { type: string } & Record<string, unknown>;

/** Lines for Pi's stdin. NOTE: the line `null` ends Pi, and an empty one is answered; each of ours is an object. */
export function commandLine(id: string, command: PiCommand): string {
  return JSON.stringify({ id, ...command });
}

/** A prompt. What to do with it if the agent works already: before its next step, or when it has finished. */
export function promptCommand(input: WorkerInput, ifBusy: 'steer' | 'followUp'): PiCommand {
  const parts = input.parts ?? [];
  const images = parts.flatMap((part) =>
    part.type === 'image' ? [{ type: 'image', data: part.data, mimeType: part.media_type }] : [],
  );
  return {
    type: 'prompt',
    message: toPromptText(input),
    streamingBehavior: ifBusy,
    ...(images.length > 0 ? { images } : {}),
  };
}

/** The answer to a dialog. */
export type DialogAnswer = { value: string } | { confirmed: boolean } | { cancelled: true };

export function answerLine(id: string, answer: DialogAnswer): string {
  return JSON.stringify({ type: 'extension_ui_response', id, ...answer });
}
