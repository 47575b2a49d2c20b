import type { AepChunk } from '../ui-message.ts';

/** A stream that asks for one chunk at a time, and closes at once when it is aborted. */
export function toPulledStream(
  chunks: AsyncGenerator<AepChunk>,
  { detach, signal }: { detach: () => void; signal: AbortSignal | undefined },
): ReadableStream<AepChunk> {
  let open = true;
  const leave = () => {
    open = false;
    detach();
  };
  return new ReadableStream<AepChunk>(
    {
      start(controller) {
        const abort = () => {
          if (open) controller.close();
          leave();
        };
        if (signal?.aborted) abort();
        else signal?.addEventListener('abort', abort, { once: true });
      },
      async pull(controller) {
        try {
          const { value, done } = await chunks.next();
          if (!open) return;
          if (!done) controller.enqueue(value);
          else {
            open = false;
            controller.close();
          }
        } catch (error) {
          if (open) controller.error(error);
          leave();
        }
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  );
}
