import type { HighlightResult } from 'streamdown';
import type { ColourCode } from './code-colours.ts';
import type { CodeAnswer, CodeQuestion } from './code-worker.ts';

/** Colours code beside the page, so that no key waits for it; where there are no workers, in the page. */
export function colourInWorker(): ColourCode {
  const waiting = new Map<number, PromiseWithResolvers<HighlightResult>>();
  let worker: Worker | undefined;
  let asked = 0;

  const start = () => {
    const started = new Worker(new URL('./code-worker.ts', import.meta.url), { type: 'module' });
    started.onmessage = ({ data: { id, result } }: MessageEvent<CodeAnswer>) => {
      const answer = waiting.get(id);
      waiting.delete(id);
      if (result) answer?.resolve(result);
      else answer?.reject(new Error('the language could not be loaded'));
    };
    // It could not be loaded. The next code tries again.
    started.onerror = () => {
      started.terminate();
      worker = undefined;
      for (const answer of waiting.values()) answer.reject(new Error('the worker could not be started'));
      waiting.clear();
    };
    return started;
  };

  if (typeof Worker === 'undefined') return colourHere();
  return (request) => {
    worker ??= start();
    const id = asked++;
    const answer = Promise.withResolvers<HighlightResult>();
    waiting.set(id, answer);
    worker.postMessage({ id, ...request } satisfies CodeQuestion);
    return answer.promise;
  };
}

function colourHere(): ColourCode {
  let colour: Promise<ColourCode> | undefined;
  return async (request) => {
    colour ??= import('./code-colours.ts').then(({ createCodeColours }) => createCodeColours());
    return (await colour)(request);
  };
}
