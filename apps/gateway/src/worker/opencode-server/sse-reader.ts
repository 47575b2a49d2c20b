const longestEvent = 32 * 1024 * 1024;

/**
 * Cuts a stream of bytes into the data of server-sent events (WHATWG HTML, "Server-sent events"): `data:` lines joined
 * until an empty line; ids, names and comments mean nothing here. Throws if one event grows beyond 32 MiB.
 */
export class SseReader {
  readonly #decoder = new TextDecoder();
  #rest = '';
  #data: string[] = [];
  #length = 0;

  push(chunk: Uint8Array): string[] {
    const text = this.#rest + this.#decoder.decode(chunk, { stream: true });
    const lines = text.split('\n');
    this.#rest = lines.pop() ?? '';
    const events: string[] = [];
    for (const ended of lines) {
      const line = ended.endsWith('\r') ? ended.slice(0, -1) : ended;
      if (line === '' && this.#data.length > 0) {
        events.push(this.#data.join('\n'));
        this.#data = [];
        this.#length = 0;
      }
      if (!line.startsWith('data:')) continue;
      this.#data.push(line.slice(line.startsWith('data: ') ? 6 : 5));
      this.#length += line.length;
    }
    if (this.#length + this.#rest.length > longestEvent) throw new Error('an event is too long');
    return events;
  }
}
