import { createBlockColours } from './block-colours.ts';
import { colourInWorker } from './colour-in-worker.ts';

const pauseMs = 200;

/** The page's one colouring of code: answers, files and diffs share its languages. */
export const sharedColours = colourInWorker();

/** The same for the code of answers. */
export const sharedBlockColours = createBlockColours({
  colour: sharedColours,
  afterPause: (call) => setTimeout(call, pauseMs),
});
