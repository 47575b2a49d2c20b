import type { Clock } from '../../ground/clock.ts';
import type { WorkerEvent } from '../worker.ts';
import { answerByPolicy } from './answer-asks.ts';
import { catchUp } from './catch-up.ts';
import type { Conversation } from './conversation.ts';
import { EndWatch } from './end-watch.ts';
import { Gap } from './gap.ts';
import type { ServerEvent } from './messages.ts';
import type { PermissionPolicy } from './permission-policy.ts';
import { wordsOf } from './server-client.ts';
import type { ServerLink } from './server-link.ts';
import { translate } from './translate.ts';
import { distrustOpenBlocks } from './translate-part.ts';
import { awaitedEnd, finishTurn, noteSilence } from './translate-turn.ts';

type FollowerOptions = {
  conversation: Conversation;
  policy: PermissionPolicy;
  clock: Clock;
  /** Undefined until the server is up. */
  link(): ServerLink | undefined;
  emit(events: readonly WorkerEvent[]): void;
  /** What was missed is told; there may be sub-agents among it. */
  onFilled(): void;
};

/** Follows a conversation in the server: its events become the session's, in order and with nothing left out. */
export class Follower {
  readonly #options: FollowerOptions;
  readonly #endWatch: EndWatch;
  readonly #gap: Gap;

  constructor(options: FollowerOptions) {
    const { conversation, clock, onFilled } = options;
    this.#options = options;
    this.#endWatch = new EndWatch({ clock, onEnd: (lost) => void this.#end(lost) });
    this.#gap = new Gap({
      fetch: () => this.#fetchMissed(),
      onMissed: (events) => {
        this.#tell(events);
        // Pieces of what began meanwhile were missed too.
        distrustOpenBlocks(conversation);
        onFilled();
      },
      onEvents: (events) => this.#tell(events),
    });
  }

  take(events: readonly ServerEvent[]): void {
    this.#gap.take(events);
  }

  /** Events may have been missed: they are told before what comes from now on. */
  awaitMissed(): void {
    distrustOpenBlocks(this.#options.conversation);
    this.#gap.hold();
  }

  /** Tells what was missed. */
  async tellMissed(): Promise<void> {
    await this.#gap.fill();
  }

  stop(): void {
    this.#endWatch.look('none');
    this.#options.link()?.sender.close();
  }

  #tell(events: readonly ServerEvent[]): void {
    const { conversation, link, emit } = this.#options;
    const before = conversation.turn?.started;
    emit(events.flatMap((event) => this.#toEvents(event)));
    const { turn } = conversation;
    // NOTE: an abort that overtakes its prompt finds nothing to abort; it is repeated once the turn runs.
    if (turn?.interrupting && turn.started && !before) link()?.abort();
    this.#endWatch.look(awaitedEnd(conversation));
  }

  #toEvents(event: ServerEvent): WorkerEvent[] {
    const { conversation, policy } = this.#options;
    const api = this.#options.link()?.api;
    const answered =
      event.type === 'permission.asked' && api
        ? answerByPolicy({ conversation, policy, api }, event)
        : undefined;
    return answered ?? translate(conversation, event);
  }

  async #fetchMissed(): Promise<ServerEvent[]> {
    const { conversation, emit } = this.#options;
    const link = this.#options.link();
    try {
      return link ? await catchUp(conversation, link.api) : [];
    } catch (error) {
      emit([{ type: 'error', data: { code: 'INTERNAL_ERROR', message: wordsOf(error) } }]);
      return [];
    }
  }

  async #end(lost: boolean): Promise<void> {
    const { conversation, emit } = this.#options;
    const { turn } = conversation;
    if (lost && !(await this.#gap.fill())) return;
    if (!turn || turn !== conversation.turn || !turn.idle) return;
    if (lost) noteSilence(conversation);
    emit(finishTurn(conversation));
  }
}
