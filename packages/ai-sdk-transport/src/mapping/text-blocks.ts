import type { ServerData } from '@hotplex/aep-protocol';
import type { StepWriter } from './step-writer.ts';

type Kind = 'text' | 'reasoning';
type Open = { kind: Kind; id: string; parentId: string | undefined };

/** The text and the thinking of a turn. What was never begun is begun here, so that a lossy start does no harm. */
export class TextBlocks {
  readonly #writer: StepWriter;
  readonly #open = new Map<string, Open>();

  constructor(writer: StepWriter) {
    this.#writer = writer;
  }

  start({ id, parent_id }: Pick<ServerData<'message.start'>, 'id' | 'parent_id'>): void {
    this.endReasoning(parent_id);
    this.#begin('text', id, parent_id);
  }

  delta({ message_id: id, content, parent_id }: ServerData<'message.delta'>): void {
    this.endReasoning(parent_id);
    this.#add('text', { id, content, parentId: parent_id });
  }

  end({ message_id: id, parent_id }: ServerData<'message.end'>): void {
    this.endReasoning(parent_id);
    this.#end(blockKey('text', id));
  }

  whole({ id, content, parent_id }: ServerData<'message'>): void {
    this.endReasoning(parent_id);
    this.#add('text', { id, content, parentId: parent_id });
    this.#end(blockKey('text', id));
  }

  reason({ id, content, parent_id }: ServerData<'reasoning'>): void {
    this.endReasoning(parent_id, id);
    this.#add('reasoning', { id, content, parentId: parent_id });
  }

  /** Thinking has no end of its own: it is over when the same agent does anything else. */
  endReasoning(parentId: string | undefined, except?: string): void {
    for (const [key, block] of this.#open) {
      if (block.kind === 'reasoning' && block.parentId === parentId && block.id !== except) this.#end(key);
    }
  }

  endAll(): void {
    for (const key of this.#open.keys()) this.#end(key);
  }

  /** Takes blocks back; returns the ids of those that an earlier step holds. */
  retract(ids: readonly string[]): string[] {
    const keys = ids.flatMap((id) => [blockKey('text', id), blockKey('reasoning', id)]);
    for (const key of keys) this.#open.delete(key);
    // NOTE: `reset-step` makes the SDK forget every open block, those of earlier steps too.
    for (const key of this.#open.keys()) if (!this.#writer.isInStep(key)) this.#end(key);
    const remaining = new Set(this.#writer.retract(keys));
    return ids.filter(
      (id) => remaining.has(blockKey('text', id)) || remaining.has(blockKey('reasoning', id)),
    );
  }

  #begin(kind: Kind, id: string, parentId: string | undefined): void {
    const key = blockKey(kind, id);
    if (this.#open.has(key)) return;
    this.#open.set(key, { kind, id, parentId });
    const hotplex = { id, ...(parentId === undefined ? {} : { parentId }) };
    this.#writer.write(key, { type: `${kind}-start`, id, providerMetadata: { hotplex } });
  }

  #add(kind: Kind, block: { id: string; content: string; parentId: string | undefined }): void {
    this.#begin(kind, block.id, block.parentId);
    this.#writer.write(blockKey(kind, block.id), {
      type: `${kind}-delta`,
      id: block.id,
      delta: block.content,
    });
  }

  #end(key: string): void {
    const block = this.#open.get(key);
    if (!block) return;
    this.#open.delete(key);
    this.#writer.write(key, { type: `${block.kind}-end`, id: block.id });
  }
}

function blockKey(kind: Kind, id: string): string {
  return `${kind}:${id}`;
}
