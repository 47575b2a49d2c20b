import type { LoggedEvent } from '@hotplex/aep-protocol';
import type { LeftOut } from '../ground/share-link.ts';
import { type Showing, showEvent } from './shown-event.ts';

/** An event of a log, as it is stored. */
export type StoredEvent = {
  seq: number;
  id: string;
  type: string;
  turnId: string | null;
  timestamp: number;
  /** JSON. */
  data: string;
};

type Shown = { from: StoredEvent; data: Record<string, unknown> };

/** How many events of one turn a guest is shown. */
const mostEvents = 5_000;
/** More of one text is not kept; a guest is shown less of it. */
const mostText = 400_000;

/**
 * What a guest is shown of a turn, texts that came in pieces in one: a secret of which each piece has a half would be
 * found in neither.
 */
export class JoinedTurn {
  readonly #showing: Showing;
  readonly #shown: Shown[] = [];
  /** Where the text of a block goes on, by block. */
  readonly #open = new Map<string, Shown>();

  constructor(leftOut: ReadonlySet<LeftOut>) {
    this.#showing = { leftOut, tools: new Map() };
  }

  get events(): readonly Shown[] {
    return this.#shown;
  }

  add(from: StoredEvent): void {
    const event = { type: from.type, data: JSON.parse(from.data) } as LoggedEvent;
    if (event.type === 'message.retract') this.#retract(new Set(event.data.message_ids));
    const data = showEvent(event, this.#showing) as Record<string, unknown> | undefined;
    if (data === undefined) return;
    const piece = pieceOf(event);
    const open = piece && this.#open.get(piece.block);
    if (piece && open) {
      const known = String(open.data[piece.field]);
      if (known.length < mostText) open.data[piece.field] = known + piece.text;
      delete data[piece.field];
      if (piece.isAll) return;
    }
    // Its end is shown whatever else there is.
    if (this.#shown.length >= mostEvents && from.type !== 'done') return;
    const shown = { from, data };
    if (piece && data[piece.field] !== undefined) this.#open.set(piece.block, shown);
    // What comes behind a whole output goes on from that.
    if (event.type === 'tool_update' && event.data.output !== undefined)
      this.#open.delete(`tool ${event.data.id}`);
    if (!piece?.isAll || data[piece.field] !== undefined) this.#shown.push(shown);
  }

  #retract(ids: ReadonlySet<string>): void {
    const kept = this.#shown.filter(
      ({ data }) => !ids.has(String(data.message_id ?? '')) && !ids.has(String(data.id ?? '')),
    );
    this.#shown.splice(0, this.#shown.length, ...kept);
  }
}

/** A piece of a text, and whether there is nothing else in its event. */
type Piece = { block: string; field: string; text: string; isAll: boolean };

function pieceOf({ type, data }: LoggedEvent): Piece | undefined {
  switch (type) {
    case 'message.delta':
      return { block: `message ${data.message_id}`, field: 'content', text: data.content, isAll: true };
    case 'reasoning':
      return { block: `reasoning ${data.id}`, field: 'content', text: data.content, isAll: true };
    case 'tool_update': {
      const { id, output_delta: text, output, title, status, locations, diff } = data;
      if (text === undefined || output !== undefined) return undefined;
      const isAll = (title ?? status ?? locations ?? diff) === undefined;
      return { block: `tool ${id}`, field: 'output_delta', text, isAll };
    }
    default:
      return undefined;
  }
}
