import type { Clock, Timer } from '../../ground/clock.ts';
import { decodeEvent, type ServerEvent } from './messages.ts';
import type { ServerClient } from './server-client.ts';
import { SseReader } from './sse-reader.ts';

export type EventStreamOptions = {
  client: Pick<ServerClient, 'events' | 'withoutSecret'>;
  clock: Clock;
  onEvents(events: readonly ServerEvent[]): void;
  /** The stream is open; `again`: there was one before, and what happened in between was not told. */
  onOpen(again: boolean): void;
  /** It could not be opened for `giveUpMs`. */
  onLost(): void;
};

/** The server sends a heartbeat every 10 s. */
const silenceMs = 30_000;
const [firstWaitMs, longestWaitMs, giveUpMs] = [50, 1_000, 20_000];

/** The stream of a server's events, opened again whenever it breaks. The server replays nothing. */
export class EventStream {
  readonly #options: EventStreamOptions;
  #stopped = false;
  #reading = new AbortController();
  #silence: Timer | undefined;
  #opened = false;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    void this.#run();
  }

  stop(): void {
    this.#stopped = true;
    this.#silence?.cancel();
    this.#reading.abort();
  }

  async #run(): Promise<void> {
    const { clock, onLost } = this.#options;
    let lastUp = clock.elapsed();
    let wait = firstWaitMs;
    while (!this.#stopped) {
      if (await this.#read()) {
        lastUp = clock.elapsed();
        wait = firstWaitMs;
      }
      if (this.#stopped) return;
      if (clock.elapsed() - lastUp > giveUpMs) return onLost();
      await new Promise<void>((resolve) => clock.after(wait, resolve));
      wait = Math.min(wait * 2, longestWaitMs);
    }
  }

  /** Reads until the stream breaks. Resolves to whether there was one. */
  async #read(): Promise<boolean> {
    const { client, clock, onEvents, onOpen } = this.#options;
    const reading = new AbortController();
    this.#reading = reading;
    this.#silence = clock.after(silenceMs, () => reading.abort());
    let opened = false;
    try {
      const stream = await client.events(reading.signal);
      opened = true;
      const again = this.#opened;
      this.#opened = true;
      if (!this.#stopped) onOpen(again);
      const reader = new SseReader();
      for await (const chunk of stream) {
        this.#silence.refresh();
        const events = reader.push(chunk).flatMap((data) => decodeEvent(client.withoutSecret(data)) ?? []);
        if (!this.#stopped && events.length > 0) onEvents(events);
      }
    } catch {
      // Refused, cut, silent or stopped: whoever called looks which.
    } finally {
      this.#silence.cancel();
      reading.abort();
    }
    return opened;
  }
}
