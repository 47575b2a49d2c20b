/** One thing that came in a `text/event-stream`. */
export type Received = { id: string; seq: number; type: string; data: unknown } | { comment: string };

type Frame = { seq: number; event: { type: string; data: unknown } };

/** Reads a stream of server-sent events only as fast as it is asked to. */
export function readStream(body: ReadableStream<Uint8Array>) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let largest = 0;
  return {
    /** Bytes of the largest piece that came at once. */
    get largest() {
      return largest;
    },
    /** What comes next; undefined when the stream has ended. */
    async next(): Promise<Received[] | undefined> {
      const { done, value } = await reader.read();
      if (done) return undefined;
      largest = Math.max(largest, value.length);
      const blocks = `${rest}${decoder.decode(value, { stream: true })}`.split('\n\n');
      rest = blocks.pop() ?? '';
      return blocks.flatMap(parse);
    },
    /** Everything until `isLast`, or until the end. */
    async until(isLast: (received: Received) => boolean): Promise<Received[]> {
      const all: Received[] = [];
      for (;;) {
        const more = await this.next();
        if (!more) return all;
        all.push(...more);
        if (more.some(isLast)) return all;
      }
    },
    cancel: () => reader.cancel(),
  };
}

function parse(block: string): Received[] {
  const lines = block.split('\n').map((line) => /^([^:]*): ?(.*)$/s.exec(line) ?? []);
  const field = (name: string) => lines.find(([, key]) => key === name)?.[2];
  const comment = field('');
  if (comment !== undefined) return [{ comment }];
  const data = field('data');
  if (data === undefined) return [];
  const { seq, event } = JSON.parse(data) as Frame;
  return [{ id: field('id') ?? '', seq, ...event }];
}
