import 'katex/dist/katex.min.css';
import { createMathPlugin } from '@streamdown/math';
import type { MathPlugin } from 'streamdown';

/** Formulas between double dollars. What KaTeX cannot read stays as it was written, in this colour. */
export const mathPlugin: MathPlugin = createMathPlugin({ errorColor: 'var(--destructive)' });
