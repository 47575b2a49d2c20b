import type { DemoLineOf } from '../messages.ts';

type Failure = Omit<DemoLineOf<'failure'>, 'type'>;

/** Thrown by a script to end its turn as failed. */
export class TurnFailure extends Error {
  readonly code: Failure['code'];
  readonly details: Failure['details'];

  constructor({ code, message, details }: Failure) {
    super(message);
    this.name = 'TurnFailure';
    this.code = code;
    this.details = details;
  }
}
