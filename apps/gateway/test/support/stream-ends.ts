import type { Duplex } from 'node:stream';

/** Resolves when it is closed, with or without an error; at once if it is. */
export const untilClosed = (stream: Duplex): Promise<void> =>
  new Promise((resolve) => {
    if (stream.closed) resolve();
    else stream.once('close', () => resolve()).on('error', () => {});
  });

/** The error that it ends with, once it has. */
export const untilBroken = (stream: Duplex): Promise<Error> =>
  new Promise((resolve) => {
    if (stream.errored) resolve(stream.errored);
    else stream.once('error', resolve);
  });
