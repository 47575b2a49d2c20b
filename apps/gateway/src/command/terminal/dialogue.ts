/** A person at a terminal who is asked something. Each question ends with AbortError once `signal` is aborted. */
export interface Dialogue {
  /** Shows whole lines. */
  say(lines: string): void;
  /** Waits for one of these keys. */
  choose(question: string, keys: readonly string[], signal: AbortSignal): Promise<string>;
  /** Waits for a line. */
  ask(question: string, signal: AbortSignal): Promise<string>;
}
