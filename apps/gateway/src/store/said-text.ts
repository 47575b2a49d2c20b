import type { EventRecord } from './store.ts';

/** A whole text of a log: what a person asked, or a block of what the agent answered. */
export type SaidText = {
  /** Of the event it begins with. */
  seq: number;
  kind: 'prompt' | 'message';
  /** Of an agent’s block. */
  blockId: string | null;
  timestamp: number;
  text: string;
};

/** What one event does to the texts of its log. */
type Effect = { said: readonly SaidText[]; takenBack: readonly string[] };

type OpenBlock = { seq: number; timestamp: number; pieces: string[] };

const nothing: Effect = { said: [], takenBack: [] };

/** Puts the texts of one log together, event by event: a block counts when it is complete, or its turn is. */
export class SaidTexts {
  readonly #open = new Map<string, OpenBlock>();

  /** The number up to which everything that began is complete: where a reader that comes later has to go on. */
  settledSeq(lastRead: number): number {
    return Math.min(lastRead, ...[...this.#open.values()].map(({ seq }) => seq - 1));
  }

  take({ seq, type, timestamp, data }: EventRecord): Effect {
    switch (type) {
      case 'input':
        return whole({ seq, timestamp, kind: 'prompt', blockId: null, text: read(data).content });
      case 'input.status':
        return whole({ seq, timestamp, kind: 'prompt', blockId: null, text: read(data).content });
      case 'message': {
        const { id, content } = read(data);
        return whole({ seq, timestamp, kind: 'message', blockId: id ?? null, text: content });
      }
      case 'message.start':
        this.#open.set(read(data).id ?? '', { seq, timestamp, pieces: [] });
        return nothing;
      case 'message.delta': {
        const { message_id: id = '', content = '' } = read(data);
        this.#open.get(id)?.pieces.push(content);
        return nothing;
      }
      case 'message.end':
        return { said: this.#close(read(data).message_id ?? ''), takenBack: [] };
      case 'message.retract':
        return { said: [], takenBack: read(data).message_ids ?? [] };
      case 'done':
        return { said: [...this.#open.keys()].flatMap((id) => this.#close(id)), takenBack: [] };
      default:
        return nothing;
    }
  }

  #close(id: string): SaidText[] {
    const block = this.#open.get(id);
    this.#open.delete(id);
    if (!block) return [];
    const { seq, timestamp, pieces } = block;
    return [...whole({ seq, timestamp, kind: 'message', blockId: id, text: pieces.join('') }).said];
  }
}

/** The kinds of events after which there is something new to find. */
export function completesText(type: string): boolean {
  return ['input', 'input.status', 'message', 'message.end', 'message.retract', 'done'].includes(type);
}

/** The few fields of events that matter here; the log holds what its own schema let in. */
type Fields = { id?: string; message_id?: string; content?: string; message_ids?: string[] };

const read = (data: string) => JSON.parse(data) as Fields;

function whole(text: Omit<SaidText, 'text'> & { text: string | undefined }): Effect {
  const { text: content = '', ...place } = text;
  return content.trim() === '' ? nothing : { said: [{ ...place, text: content }], takenBack: [] };
}
