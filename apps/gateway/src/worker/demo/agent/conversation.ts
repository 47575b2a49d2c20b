import type { DemoRequest } from '../messages.ts';
import { runCommand } from './commands.ts';
import { findScript } from './find-script.ts';
import { toIntroduction } from './introduction.ts';
import type { DemoModel } from './models.ts';
import { scripts } from './scripts.ts';
import type { Prompt } from './steering.ts';
import type { Surroundings } from './surroundings.ts';
import { toTitle } from './title.ts';
import { Turn } from './turn.ts';

/** The introduction is long and mostly a table: nobody should wait for it. */
const introductionWordMs = 8;

type Play = (turn: Turn) => Promise<void>;

/** A turn to be played. It is announced unless its prompt began it at once. */
type Job = { prompts: readonly Prompt[]; play: Play; announced: boolean };

/** The one conversation of this process: requests come in, turns are played one after the other. */
export class Conversation {
  readonly #surroundings: Surroundings;
  #model: DemoModel;
  #running: Turn | undefined;
  #waiting: Job[] = [];
  /** Pauses of background tasks that have not reported yet. */
  #backgroundTasks = 0;

  constructor(surroundings: Surroundings, model: DemoModel) {
    this.#surroundings = surroundings;
    this.#model = model;
  }

  take(request: DemoRequest): void {
    switch (request.type) {
      case 'prompt':
        this.#begin({ ...this.#toJob(request), announced: this.#running !== undefined });
        return;
      case 'steer':
        if (this.#running) this.#running.steer(request);
        else this.#begin({ ...this.#toJob(request), announced: true });
        return;
      case 'interrupt':
        this.#running?.interrupt();
        return;
      case 'command':
        this.#command(request);
        return;
      default:
        this.#running?.answer(request);
    }
  }

  #toJob(prompt: Prompt): Omit<Job, 'announced'> {
    return { prompts: [prompt], play: (turn) => this.#answer(turn, prompt.text) };
  }

  #begin(job: Job): void {
    this.#waiting.push(job);
    if (this.#running === undefined) void this.#playWaiting();
  }

  async #playWaiting(): Promise<void> {
    for (let job = this.#waiting.shift(); job; job = this.#waiting.shift()) {
      const turn = new Turn({
        prompts: job.prompts,
        model: this.#model,
        surroundings: this.#surroundings,
        later: (ms, play) => void this.#later(ms, play),
      });
      this.#running = turn;
      if (job.announced) turn.write({ type: 'turn', prompts: job.prompts.map(({ id }) => id) });
      const { play } = job;
      await turn.run(() => play(turn));
      const late = turn.takeLeftover().map((prompt) => ({ ...this.#toJob(prompt), announced: true }));
      this.#waiting.unshift(...late);
    }
    this.#running = undefined;
  }

  async #later(ms: number, play: Play): Promise<void> {
    this.#tellBackgroundTasks(+1);
    // The task belongs to no turn: no interrupt ends it.
    await this.#surroundings.pace(ms, new AbortController().signal);
    this.#begin({
      prompts: [],
      announced: true,
      play: async (turn) => {
        this.#tellBackgroundTasks(-1);
        await play(turn);
      },
    });
  }

  #tellBackgroundTasks(change: number): void {
    this.#backgroundTasks += change;
    this.#surroundings.output.write({ type: 'background', count: this.#backgroundTasks });
  }

  async #answer(turn: Turn, text: string): Promise<void> {
    const found = findScript(scripts, text);
    if (this.#surroundings.memory.remembered.turns === 0) {
      turn.write({ type: 'title', title: toTitle(text) });
    }
    if (found) await found.script.play(turn, found.rest);
    else await turn.say(toIntroduction(scripts), { wordMs: introductionWordMs });
  }

  #command({ command, value }: Extract<DemoRequest, { type: 'command' }>): void {
    const lines = runCommand(command, value, {
      surroundings: this.#surroundings,
      model: this.#model,
      onModel: (model) => {
        this.#model = model;
      },
    });
    for (const line of lines) this.#surroundings.output.write(line);
  }
}
