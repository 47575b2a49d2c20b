import type { AepChunk } from '../src/ui-message.ts';

/**
 * Checks that text and thinking only go on and end where they began, that steps do not overlap, and that nothing comes
 * after the finish. Returns the blocks and steps that are still open.
 */
export function checkBalance(chunks: readonly AepChunk[]): string[] {
  const open = new Set<string>();
  const fail = (chunk: AepChunk) => {
    throw new Error(`not in its place: ${JSON.stringify(chunk)}`);
  };
  for (const [index, chunk] of chunks.entries()) {
    if (open.size === 0 && chunk.type !== 'start' && chunk.type !== 'start-step' && chunk.type !== 'finish') {
      fail(chunk);
    }
    switch (chunk.type) {
      case 'text-start':
      case 'reasoning-start':
        if (open.has(keyOf(chunk))) fail(chunk);
        open.add(keyOf(chunk));
        break;
      case 'text-delta':
      case 'reasoning-delta':
        if (!open.has(keyOf(chunk))) fail(chunk);
        break;
      case 'text-end':
      case 'reasoning-end':
        if (!open.delete(keyOf(chunk))) fail(chunk);
        break;
      case 'start-step':
        if (open.has('step')) fail(chunk);
        open.add('step');
        break;
      case 'finish-step':
        if (!open.delete('step')) fail(chunk);
        break;
      case 'reset-step':
        open.clear();
        open.add('step');
        break;
      case 'finish':
        if (index < chunks.length - 1) fail(chunk);
        break;
      default:
    }
  }
  return [...open];
}

function keyOf({ type, id }: { type: string; id: string }): string {
  return `${type.split('-')[0]}:${id}`;
}
