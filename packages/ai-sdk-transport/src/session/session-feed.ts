import type { ServerData, ServerEnvelope } from '@hotplex/aep-protocol';
import { toUserMessage, withText } from '../to-user-message.ts';
import type { AepUIMessage } from '../ui-message.ts';
import { Pulse } from './pulse.ts';
import type { OwnPrompt, TurnLog } from './turn-log.ts';

export type ForeignTurn = { turnId: string; message: AepUIMessage | undefined };

/** Finished turns that nobody read are in the history; so many are kept for readers that come late. */
const unreadLimit = 8;
/** No more than this is kept of turns that nobody reads, all together, characters. */
const unreadSize = 8 * 1024 * 1024;
/** So many turns are known again by late words of theirs. */
const knownTurns = 1_000;

/** What happens in one session while this page is open. A running turn is kept whole, so that it can be read again, unless nobody reads it and it is too much. */
export class SessionFeed {
  /** Fires with every event, and when the connection is lost. */
  readonly changed = new Pulse();
  /** Why nothing more will come; `null` if it was closed from here. */
  lost: Error | null | undefined;
  readonly #announce: (turn: ForeignTurn) => void;
  readonly #running = new Map<string, TurnLog>();
  readonly #unread = new Map<string, TurnLog>();
  readonly #paused = new Map<string, { log: TurnLog; next: number }>();
  readonly #begun = new Set<string>();
  readonly #own = new Map<string, OwnPrompt>();
  readonly #prompts = new Map<string, AepUIMessage>();
  #resuming = 0;

  constructor(announce: (turn: ForeignTurn) => void) {
    this.#announce = announce;
  }

  /** Takes the next event of the session. */
  take(envelope: ServerEnvelope): void {
    const { event, turn_id: turnId } = envelope;
    if (event.type === 'input') this.#prompts.set(event.data.input_id, toUserMessage(envelope, event.data));
    if (event.type === 'input.status') this.#settle(event.data);
    else if (turnId && event.type !== 'input') this.#begin(turnId, undefined);
    for (const log of this.#running.values()) {
      if (turnId !== undefined && turnId !== log.id) continue;
      log.envelopes.push(envelope);
      log.size += JSON.stringify(event.data).length;
    }
    this.#shrink();
    if (event.type === 'permission.resolved' && turnId) this.#wake(turnId);
    if (event.type === 'done' && turnId) this.#end(turnId);
    if (event.type === 'state' && (event.data.state === 'terminated' || event.data.state === 'deleted')) {
      this.endAll();
    }
    this.changed.fire();
  }

  /** The answer to a prompt that was sent before. */
  receipt({ input_id, status, turn_id }: ServerData<'input.receipt'>): void {
    const running = turn_id === undefined ? undefined : this.#running.get(turn_id);
    const prompt = this.#own.get(input_id);
    if (prompt && running) this.#claim(prompt, running);
    else if (prompt && turn_id && (status === 'done' || status === 'failed')) prompt.ranAs = turn_id;
    else this.#settle({ input_id, status });
    this.changed.fire();
  }

  /** The connection is over. Everybody who waits hears of it. */
  lose(cause: Error | null): void {
    this.lost = cause;
    this.changed.fire();
  }

  /** No `done` is to be expected for what runs: the log has a gap. */
  endAll(): void {
    for (const id of this.#running.keys()) this.#end(id);
    this.changed.fire();
  }

  /** A prompt is about to be sent from here; its turn is nobody else’s. */
  expect(inputId: string): OwnPrompt {
    const prompt: OwnPrompt = { inputId, log: undefined, ranAs: undefined, outcome: undefined };
    this.#own.set(inputId, prompt);
    return prompt;
  }

  /** Nobody waits for this prompt any more: its turn, if it comes, is announced like that of another client. */
  abandon(prompt: OwnPrompt): void {
    if (this.#own.get(prompt.inputId) === prompt) this.#own.delete(prompt.inputId);
  }

  /** While somebody is about to read what runs, turns need not be announced. Returns what says that it did. */
  resume(): () => void {
    this.#resuming += 1;
    return () => {
      this.#resuming -= 1;
    };
  }

  hasBegun(turnId: string): boolean {
    return this.#begun.has(turnId);
  }

  running(turnId: string): TurnLog | undefined {
    return this.#running.get(turnId);
  }

  /** The turns to show now: those nobody has read to the end, and what runs. */
  takeUnread(): TurnLog[] {
    const logs = new Set([...this.#unread.values(), ...this.#running.values()]);
    this.#unread.clear();
    return [...logs];
  }

  /** A reader left before the end. */
  giveBack(log: TurnLog): void {
    this.#unread.set(log.id, log);
    this.#shrink();
  }

  /** A stream ended at a permission request; the rest of the turn is for the one that brings the answer. */
  pause(log: TurnLog, next: number): void {
    this.#paused.set(log.id, { log, next });
  }

  unpause(turnId: string): { log: TurnLog; next: number } | undefined {
    const paused = this.#paused.get(turnId);
    this.#paused.delete(turnId);
    return paused;
  }

  #settle({ input_id, status, turn_id, content, reason }: ServerData<'input.status'>): void {
    const waiting = this.#prompts.get(input_id);
    if (waiting && content !== undefined) this.#prompts.set(input_id, withText(waiting, content));
    if (status === 'queued') return;
    const prompt = this.#own.get(input_id);
    if (status === 'delivered') {
      if (turn_id) this.#begin(turn_id, input_id);
    } else if (prompt && !prompt.log) {
      const message = reason ?? 'It is not known whether the prompt reached the agent: look at the history.';
      prompt.outcome = status === 'cancelled' ? null : new Error(message);
      this.#own.delete(input_id);
    }
    this.#prompts.delete(input_id);
  }

  #begin(turnId: string, inputId: string | undefined): void {
    const isNew = !this.#begun.has(turnId);
    if (isNew) {
      this.#know(turnId);
      this.#running.set(turnId, { id: turnId, envelopes: [], size: 0, readers: 0, ended: false });
    }
    const log = this.#running.get(turnId);
    const prompt = inputId === undefined ? undefined : this.#own.get(inputId);
    if (!log) return;
    if (prompt) this.#claim(prompt, log);
    else if (isNew || (inputId !== undefined && log.envelopes.length === 0)) {
      this.giveBack(log);
      const message = inputId === undefined ? undefined : this.#prompts.get(inputId);
      if (this.#resuming === 0) this.#announce({ turnId, message });
    }
  }

  #know(turnId: string): void {
    this.#begun.add(turnId);
    for (const id of this.#begun) {
      if (this.#begun.size <= knownTurns) break;
      if (!this.#running.has(id)) this.#begun.delete(id);
    }
  }

  /** What is too much to keep is in the history: the oldest first. */
  #shrink(): void {
    let size = 0;
    for (const log of this.#unread.values()) size += log.size;
    for (const [id, log] of this.#unread) {
      const isTooMany = this.#unread.size > unreadLimit && !this.#running.has(id);
      if (log.readers > 0 || (!isTooMany && size <= unreadSize)) continue;
      size -= log.size;
      this.#unread.delete(id);
      this.#running.delete(id);
    }
  }

  #claim(prompt: OwnPrompt, log: TurnLog): void {
    prompt.log = log;
    this.#own.delete(prompt.inputId);
    this.#unread.delete(log.id);
  }

  #end(turnId: string): void {
    const log = this.#running.get(turnId);
    if (!log) return;
    log.ended = true;
    this.#running.delete(turnId);
    this.#wake(turnId);
  }

  /** Somebody else answered what a paused turn waited for. */
  #wake(turnId: string): void {
    const paused = this.unpause(turnId);
    if (!paused) return;
    this.giveBack(paused.log);
    this.#announce({ turnId, message: undefined });
  }
}
