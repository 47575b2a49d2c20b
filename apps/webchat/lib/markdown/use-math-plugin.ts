'use client';
import { useEffect, useState } from 'react';
import type { MathPlugin } from 'streamdown';

let loaded: MathPlugin | undefined;

/** Draws formulas with KaTeX; it and its fonts are loaded with the first text that has some. Undefined until then. */
export function useMathPlugin(wanted: boolean): MathPlugin | undefined {
  const [plugin, setPlugin] = useState(loaded);
  useEffect(() => {
    if (!wanted || plugin) return;
    let current = true;
    import('./math-plugin.ts').then(
      ({ mathPlugin }) => {
        loaded = mathPlugin;
        if (current) setPlugin(mathPlugin);
      },
      // Formulas that cannot be drawn are there as they were written.
      () => {},
    );
    return () => {
      current = false;
    };
  }, [wanted, plugin]);
  return wanted ? plugin : undefined;
}
