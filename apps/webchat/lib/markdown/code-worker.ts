import { type CodeRequest, createCodeColours } from './code-colours.ts';

/** What the worker is asked for, and what it answers: the result, or none if the language could not be loaded. */
export type CodeQuestion = CodeRequest & { id: number };
export type CodeAnswer = { id: number; result: Awaited<ReturnType<typeof colour>> | undefined };

// A thread of its own: the patterns of one language take longer to make than a key may wait.
const colour = createCodeColours();

addEventListener('message', async ({ data: { id, ...request } }: MessageEvent<CodeQuestion>) => {
  const result = await colour(request).catch(() => undefined);
  postMessage({ id, result } satisfies CodeAnswer);
});
