import type { ServerData } from '@hotplex/aep-protocol';
import type { FinishReason } from 'ai';
import type { AepMetadata } from '../ui-message.ts';
import type { Requests } from './requests.ts';
import type { StepWriter } from './step-writer.ts';
import type { TextBlocks } from './text-blocks.ts';
import type { ToolCalls } from './tool-calls.ts';

type Failure = { code: string; message: string };
type Open = { writer: StepWriter; blocks: TextBlocks; tools: ToolCalls; requests: Requests };

/** Stop reasons of a successful turn that the AI SDK has a word for. */
const finishReasons: Record<string, FinishReason> = {
  max_tokens: 'length',
  refusal: 'content-filter',
};

/** How a turn ends: everything open is closed, and the message gets its figures. It ends once. */
export class TurnEnding {
  readonly #open: Open;
  #failure: Failure | undefined;
  #isReached = false;

  constructor(open: Open) {
    this.#open = open;
  }

  get isReached(): boolean {
    return this.#isReached;
  }

  /** Notes an error; the last one before a failed `done` is why it failed. */
  failWith({ code, message }: Failure): void {
    this.#failure = { code, message };
  }

  reach(done: ServerData<'done'>): void {
    const { writer, blocks, tools, requests } = this.#open;
    this.#isReached = true;
    requests.withdrawAll();
    blocks.endAll();
    tools.endAll();
    writer.writeAside(
      { type: 'finish-step' },
      {
        type: 'finish',
        finishReason: toFinishReason(done, this.#failure),
        messageMetadata: toEndMetadata(done, this.#failure),
      },
    );
  }
}

/** Why the turn ended, in the AI SDK’s words. A turn that failed without an error was stopped by somebody. */
function toFinishReason(done: ServerData<'done'>, failure: Failure | undefined): FinishReason {
  const stopReason = done.stats?.stop_reason;
  if (done.success) return finishReasons[stopReason ?? ''] ?? 'stop';
  return stopReason === 'interrupted' || !failure ? 'interrupted' : 'error';
}

/** What a finished turn adds to the metadata of its message. */
function toEndMetadata(done: ServerData<'done'>, failure: Failure | undefined): AepMetadata {
  const { success, stats } = done;
  return {
    success,
    ...(stats ? { stats, stopReason: stats.stop_reason } : {}),
    ...(!success && failure ? { error: failure } : {}),
  };
}
