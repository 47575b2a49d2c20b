import { StartError } from '../ground/start-error.ts';

/** A call that is none: what is wrong with it, and what was probably meant. Exit code 2. */
export class UsageError extends StartError {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
