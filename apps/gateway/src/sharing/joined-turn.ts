import type { LoggedEvent, NoticeReason } from '@hotplex/aep-protocol';
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
/** Of one turn, as it is stored. To look through more takes too long; what goes on then is shown as cut. */
const mostCharacters = 4_000_000;
/** Stands in the place of a text whose end was not looked at: of a secret there may be a half in it. */
const cut = '…';
const restIsCut = {
  kind: 'info',
  message: 'This turn is too long: not all of it is shown.',
  details: { reason: 'turn_cut' satisfies NoticeReason },
};

/**
 * What a guest is shown of a turn, texts that came in pieces in one: a secret of which each piece has a half would be
 * found in neither.
 */
export class JoinedTurn {
  readonly #showing: Showing;
  readonly #shown: Shown[] = [];
  /** Where the text of a block goes on, by block. */
  readonly #open = new Map<string, { shown: Shown; field: string }>();
  #characters = 0;
  #isShort = false;

  constructor(leftOut: ReadonlySet<LeftOut>) {
    this.#showing = { leftOut, tools: new Map() };
  }

  get events(): readonly Shown[] {
    return this.#shown;
  }

  /** How much was looked at. */
  get characters(): number {
    return Math.min(this.#characters, mostCharacters);
  }

  add(from: StoredEvent): void {
    this.#characters += from.data.length;
    const event = { type: from.type, data: JSON.parse(from.data) } as LoggedEvent;
    if (event.type === 'message.retract') this.#retract(new Set(event.data.message_ids));
    const data = showEvent(event, this.#showing) as Record<string, unknown> | undefined;
    if (data === undefined) return;
    const isCut = this.#characters > mostCharacters;
    const piece = pieceOf(event);
    const open = piece && this.#open.get(piece.block);
    if (piece && open) {
      const known = String(open.shown.data[open.field]);
      if (isCut) open.shown.data[open.field] = cut;
      else if (known.length < mostText) open.shown.data[open.field] = known + piece.text;
      delete data[piece.field];
      if (piece.isAll) return;
    }
    // Its end is shown whatever else there is.
    if ((isCut || this.#shown.length >= mostEvents) && from.type !== 'done') {
      this.#markCut(from);
      return;
    }
    const shown = { from, data };
    if (piece && data[piece.field] !== undefined) this.#open.set(piece.block, { shown, field: piece.field });
    if (event.type === 'tool_update' || event.type === 'tool_result')
      this.#replaceOutput(event.data.id, shown);
    if (!piece?.isAll || data[piece.field] !== undefined) this.#shown.push(shown);
  }

  /** What was put out before a whole output is in that; by itself it may end in the middle of a secret. */
  #replaceOutput(toolId: string, shown: Shown): void {
    const { output } = shown.data;
    if (output === undefined || output === null) return;
    const block = `tool ${toolId}`;
    const open = this.#open.get(block);
    if (open) delete open.shown.data[open.field];
    if (typeof output === 'string') this.#open.set(block, { shown, field: 'output' });
    else this.#open.delete(block);
  }

  #markCut(from: StoredEvent): void {
    if (!this.#isShort)
      this.#shown.push({ from: { ...from, type: 'worker.notice' }, data: { ...restIsCut } });
    this.#isShort = true;
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
