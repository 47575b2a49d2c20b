import type { DemoLineOf } from '../messages.ts';
import type { Output } from './output.ts';

export type ToolCallStart = Omit<DemoLineOf<'tool'>, 'type' | 'id'>;
export type ToolCallEnd = Omit<DemoLineOf<'tool_end'>, 'type' | 'id' | 'parent'>;
export type ToolCallOptions = { id: string; start: ToolCallStart; output: Output };

/** A tool call as it is told. It runs nothing: most tools are made up, and their output is part of the script. */
export class ToolCall {
  readonly id: string;
  readonly #parent: string | undefined;
  readonly #output: Output;
  #open = true;

  constructor({ id, start, output }: ToolCallOptions) {
    this.id = id;
    this.#parent = start.parent;
    this.#output = output;
    output.write({ type: 'tool', id, ...start });
  }

  /** Appends to what the running tool has printed. */
  print(text: string): void {
    this.#output.write({ type: 'tool_output', id: this.id, text, parent: this.#parent });
  }

  /** Safe to call twice; the first result counts. */
  end(result: ToolCallEnd): void {
    if (!this.#open) return;
    this.#open = false;
    this.#output.write({ type: 'tool_end', id: this.id, parent: this.#parent, ...result });
  }
}
