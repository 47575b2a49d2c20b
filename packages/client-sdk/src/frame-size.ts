import { AepError } from './aep-error.ts';

/** Why a frame cannot be sent, if it is larger than the gateway announced: it would answer by closing the connection (F6). */
export function sizeError(frame: string, maxBytes: number | undefined): AepError | undefined {
  // A character of a string takes three bytes of UTF-8 at most.
  if (maxBytes === undefined || frame.length * 3 <= maxBytes) return undefined;
  const size = new TextEncoder().encode(frame).length;
  if (size <= maxBytes) return undefined;
  return new AepError({
    code: 'INVALID_MESSAGE',
    message: `this is too long to send: ${size} bytes, and the gateway takes ${maxBytes}`,
    details: { size, max_frame_size: maxBytes },
  });
}
