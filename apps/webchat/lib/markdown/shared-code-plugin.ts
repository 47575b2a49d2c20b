import { createCodePlugin } from './code-plugin.ts';

/** The page's one colouring of code: answers, files and diffs share its languages. */
export const sharedCodePlugin = createCodePlugin();
