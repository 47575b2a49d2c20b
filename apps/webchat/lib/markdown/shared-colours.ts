import { createCodePlugin } from './code-plugin.ts';
import { colourInWorker } from './colour-in-worker.ts';

const pauseMs = 200;

/** The page's one colouring of code: answers, files and diffs share its languages. */
export const sharedColours = colourInWorker();

/** The same for what draws Markdown. */
export const sharedCodePlugin = createCodePlugin({
  colour: sharedColours,
  afterPause: (call) => setTimeout(call, pauseMs),
});
