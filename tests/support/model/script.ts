/** A part of a scripted answer. */
export type Block =
  | { type: 'text'; text: string }
  | { type: 'thinking'; text: string }
  | { type: 'tool_use'; name: string; input: Record<string, unknown> };

/** What the model does with one request. */
export type Step =
  | {
      do: 'answer';
      blocks: readonly Block[];
      /** Characters per delta. Default 16. */
      chunk?: number;
      /** Milliseconds between deltas; the answer ends early when the client hangs up. Default none. */
      pace?: number;
      headers?: Record<string, string>;
      /** How the stream ends instead of properly, after the last block's words. */
      breaks?: 'cut' | 'error-event';
    }
  | { do: 'refuse'; status: number; type: string; message: string; headers?: Record<string, string> };

/** What a scenario may look at. */
export type Situation = {
  /** `@@name(argument)`. */
  argument: string;
  /** Answers of the model since the prompt with the directive. */
  step: number;
  /** How often this very request came, from 1: the client tries again. */
  attempt: number;
  /** Pictures in the conversation. */
  images: number;
  /** What the model was told to be. */
  system: string;
  /** The texts of the user in this conversation, oldest first, directives removed. */
  said: readonly string[];
};

export type Scenario = (situation: Situation) => Step;

export const text = (words: string): Block => ({ type: 'text', text: words });
export const thinking = (words: string): Block => ({ type: 'thinking', text: words });
export const tool = (name: string, input: Record<string, unknown>): Block => ({
  type: 'tool_use',
  name,
  input,
});
export const answer = (...blocks: Block[]): Step => ({ do: 'answer', blocks });

/** One step after the other; the last one is repeated. */
export function steps(...script: readonly Step[]): Scenario {
  return ({ step }) => script[Math.min(step, script.length - 1)] ?? answer(text('The script is empty.'));
}
