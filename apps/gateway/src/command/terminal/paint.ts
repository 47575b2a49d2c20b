import { styleText } from 'node:util';
import type { Look } from './markdown-style.ts';

const formats = {
  plain: 'none',
  bold: 'bold',
  code: 'cyan',
  heading: ['bold', 'underline'],
  faint: 'dim',
  good: 'green',
  bad: 'red',
  asked: 'yellow',
} as const;

/** How words of ours and of agents may look. */
export type Paint = (look: Look | keyof typeof formats, text: string) => string;

/** Whether a terminal has colours that are wanted: Node looks at NO_COLOR, FORCE_COLOR and TERM. */
export const hasColours = (output: NodeJS.WriteStream) => output.isTTY === true && output.hasColors();

export function createPaint(isColoured: boolean): Paint {
  return (look, text) =>
    !isColoured || text === '' || look === 'plain'
      ? text
      : styleText(formats[look], text, { validateStream: false });
}
