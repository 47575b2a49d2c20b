import type { ServerEnvelope } from '@hotplex/aep-protocol';
import type { MarkdownStyle } from '../terminal/markdown-style.ts';
import type { Paint } from '../terminal/paint.ts';
import { plainLine, plainText } from '../terminal/plain-text.ts';
import type { Screen } from '../terminal/screen.ts';

const steps = { completed: '✓', in_progress: '▸', pending: '·' } as const;

type ChatViewOptions = {
  screen: Pick<Screen, 'write' | 'say'>;
  paint: Paint;
  markdown: Pick<MarkdownStyle, 'push' | 'end'>;
  /** Whether a prompt was sent from here, where it stands already. */
  isOwn(inputId: string): boolean;
};

/** What happens in a session, for a terminal. */
export class ChatView {
  readonly #options: ChatViewOptions;
  readonly #markdown: ChatViewOptions['markdown'];
  readonly #tools = new Map<string, string>();
  /** The block of thoughts that streams. */
  #thought: string | undefined;
  #title: string | undefined;

  constructor(options: ChatViewOptions) {
    this.#options = options;
    this.#markdown = options.markdown;
  }

  show({ event }: ServerEnvelope): void {
    const { screen, paint, isOwn } = this.#options;
    if ('parent_id' in event.data && event.data.parent_id !== undefined) return;
    if (event.type !== 'reasoning') this.#thought = undefined;
    switch (event.type) {
      case 'input':
        if (!isOwn(event.data.input_id)) screen.say(paint('bold', `› ${plainText(event.data.content)}`));
        return;
      case 'input.status':
        if (event.data.status === 'cancelled' || event.data.status === 'indeterminate')
          screen.say(paint('bad', `A prompt is ${event.data.status}: ${plainLine(event.data.reason ?? '')}`));
        return;
      case 'message.delta':
        screen.write(this.#markdown.push(plainText(event.data.content)));
        return;
      case 'message.end':
        screen.write(`${this.#markdown.end()}\n`);
        return;
      case 'message':
        screen.write(`${this.#markdown.push(plainText(event.data.content))}${this.#markdown.end()}\n`);
        return;
      case 'message.retract':
        screen.say(paint('faint', '↶ The agent took that back; what holds follows.'));
        return;
      case 'reasoning':
        if (this.#thought !== event.data.id) screen.say('');
        this.#thought = event.data.id;
        screen.write(paint('faint', plainText(event.data.content)));
        return;
      case 'tool_call':
        this.#called(event.data.id, plainLine(event.data.title ?? event.data.name));
        return;
      case 'tool_result':
        this.#ended(event.data);
        return;
      case 'plan':
        screen.say(
          event.data.entries
            .map((entry) => `  ${steps[entry.status]} ${plainLine(entry.content)}`)
            .join('\n'),
        );
        return;
      case 'permission.resolved':
        if (!event.data.allowed)
          screen.say(paint('bad', `  denied (${plainLine(event.data.by ?? event.data.reason)})`));
        return;
      case 'worker.notice':
        screen.say(paint('faint', `… ${plainLine(event.data.message, 300)}`));
        return;
      case 'session.title':
        if (this.#title === event.data.title) return;
        this.#title = event.data.title;
        screen.say(paint('faint', `This session is called “${plainLine(event.data.title)}”.`));
        return;
      case 'error':
        screen.say(paint('bad', `${plainLine(event.data.message, 500)} (${event.data.code})`));
        return;
      case 'done':
        this.#done(event.data.stats);
        return;
      default:
    }
  }

  /** Told again with more of it, the line stands already. */
  #called(id: string, title: string): void {
    const { screen, paint } = this.#options;
    if (this.#tools.get(id) === title) return;
    this.#tools.set(id, title);
    screen.say(`${paint('good', '●')} ${title}`);
  }

  #ended({
    id,
    error,
    denied,
  }: {
    id: string;
    error?: string | undefined;
    denied?: boolean | undefined;
  }): void {
    const { screen, paint } = this.#options;
    this.#tools.delete(id);
    if (error !== undefined)
      screen.say(paint('bad', `  ✗ ${denied ? 'denied: ' : ''}${plainLine(error, 200)}`));
  }

  #done(stats: Record<string, unknown> | undefined): void {
    const { screen, paint } = this.#options;
    const { duration_ms: ms, total_tokens: tokens, cost_usd: cost, stop_reason: reason } = stats ?? {};
    const figures = [
      ...(typeof ms === 'number' ? [`${(ms / 1_000).toFixed(1)} s`] : []),
      ...(typeof tokens === 'number' ? [`${tokens} tokens`] : []),
      ...(typeof cost === 'number' ? [`$${cost.toFixed(4)}`] : []),
      ...(reason === 'interrupted' ? ['stopped'] : []),
    ];
    screen.say(paint('faint', `─ ${figures.join(' · ') || 'done'}`));
  }
}
