import { StartError } from '../ground/start-error.ts';

/** There is no gateway to talk to, or it does not let us in: why, and what to do. Exit code 4. */
export class NotConnected extends StartError {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'NotConnected';
  }
}
