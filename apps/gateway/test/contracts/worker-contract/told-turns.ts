import type { WorkerEvent } from '../../../src/worker/worker.ts';
import type { WorkerContract } from './contract.ts';
import type { SharedAgent } from './shared-agent.ts';

/** One turn, and the process that the agent had at its end. */
type ToldTurn = { events: WorkerEvent[]; pid: number | undefined };

export type ToldTurns = {
  text: ToldTurn;
  tool: ToldTurn;
  /** The same words again: what would be told late of one turn is told by the end of the next. */
  textAgain: ToldTurn;
  textOnceMore: ToldTurn;
  reasoning: ToldTurn | undefined;
  /** All that was told from the first to the last, also between the turns. */
  all: WorkerEvent[];
};

/** Turns of one conversation, said once for all tests that only judge them: each turn may cost a start of the agent. */
export function sayOnce({ prompts }: WorkerContract, shared: SharedAgent): () => Promise<ToldTurns> {
  const { text, tool, reasoning } = prompts;
  const say = () =>
    shared.play(async (agent) => {
      const from = agent.events.length;
      const turn = async (prompt: string) => ({ events: await agent.turn(prompt), pid: agent.worker.pid });
      return {
        text: await turn(text.prompt),
        tool: await turn(tool),
        textAgain: await turn(text.prompt),
        textOnceMore: await turn(text.prompt),
        reasoning: reasoning === undefined ? undefined : await turn(reasoning),
        all: agent.events.slice(from),
      };
    });
  let told: Promise<ToldTurns> | undefined;
  return () => {
    told ??= say();
    return told;
  };
}
