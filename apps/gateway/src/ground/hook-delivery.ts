/** Something a receiver outside is to be told, before it is stored. */
export type NewHookDelivery = {
  /** The name of the target in the configuration, or that of a device (`pushTarget`). */
  target: string;
  sessionId: string;
  /** The id of the event: what a receiver tells repetitions by. */
  eventId: string;
  /** The message, as JSON text. */
  message: string;
};

/** Kept until the receiver has taken it. Times are Unix milliseconds. */
export type HookDelivery = NewHookDelivery & {
  id: number;
  /** A dead one is not tried again unless somebody asks for it. */
  state: 'waiting' | 'dead';
  attempts: number;
  dueAt: number;
  /** What came of the last attempt; `null` before the first. */
  problem: string | null;
};

/** What is still to be delivered. Throws GatewayError when the disk fails; then nothing has changed. */
export interface HookOutbox {
  /**
   * Whether this gateway may deliver to the target now. Of several that share the outbox one may, for two minutes from
   * when it last asked, by a clock that they share, or until it leaves. Absent: it shares it with nobody.
   */
  takeTarget?(target: string): boolean;
  /** Another one may deliver to the target. */
  leaveTarget?(target: string): void;
  /** The next one of this target, whether due already or not. */
  nextDelivery(target: string): HookDelivery | undefined;
  /** It was taken: it is forgotten. */
  forgetDelivery(id: number): void;
  /** Of a target that takes nothing ten thousand wait; the oldest beyond are put aside. */
  postponeDelivery(id: number, dueAt: number, problem: string): void;
  /** Puts it aside, or forgets it if its session is deleted; of the dead ones of a target the newest thousand are kept. */
  buryDelivery(id: number, problem: string): void;
  /** Puts aside what waits for targets of the configuration that are not among these. */
  buryStrangers(targets: readonly string[], problem: string): void;
  /** The devices for which something waits. */
  pushTargets(): string[];
  /** Oldest first. */
  deadDeliveries(): HookDelivery[];
  /** Tries a dead one again, from now on; false if there is none of that id. */
  reviveDelivery(id: number, now: number): boolean;
}
