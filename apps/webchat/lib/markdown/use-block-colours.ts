'use client';
import { useEffect, useReducer } from 'react';
import type { HighlightResult } from 'streamdown';
import type { Block } from './block-colours.ts';
import { sharedBlockColours } from './shared-colours.ts';

/** The lines of a block: all of them at once, and their colours as they come. */
export function useBlockColours({
  code,
  language,
  isIncomplete,
}: Block & { isIncomplete: boolean }): HighlightResult {
  const [, drawAgain] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    let current = true;
    sharedBlockColours.colour({ code, language, isIncomplete }, () => current && drawAgain());
    return () => {
      current = false;
    };
  }, [code, language, isIncomplete]);
  return sharedBlockColours.soFar({ code, language });
}
