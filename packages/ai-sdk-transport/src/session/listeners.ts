/** Callbacks for one kind of news. One that is added while the others are called hears of the next. */
export class Listeners<T> {
  readonly #listeners = new Set<{ call: (value: T) => void }>();

  /** Returns the function that takes the listener back; safe to call twice. */
  add(call: (value: T) => void): () => void {
    const entry = { call };
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  tell(value: T): void {
    for (const { call } of [...this.#listeners]) call(value);
  }
}
