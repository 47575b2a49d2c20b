import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Socket } from './socket.ts';
import { wireBytes } from './wire-frames.ts';

/** A WebSocket as connections know one. Frames of one call leave in one write: the stream is corked around them. */
export function toSocket(ws: WebSocket, stream: Duplex): Socket {
  return {
    send(frames, flushed) {
      if (ws.readyState !== ws.OPEN) return;
      stream.cork();
      frames.forEach((frame, index) => {
        const last = index === frames.length - 1;
        ws.send(frame, { binary: false }, last && flushed ? ifSent(flushed) : undefined);
      });
      process.nextTick(() => stream.uncork());
    },
    pause: () => ws.pause(),
    resume: () => ws.resume(),
    close: (code, reason) => ws.close(code, reason),
  };
}

/**
 * The same on the side of the server, and without extensions: there nothing is done to the bytes of a frame. A batch that
 * has its heads already goes to the stream in one piece, where ws would write two for each frame.
 * NOTE: ws writes to the same stream at once and whole frames, so they come between ours and not into them.
 */
export function toServerSocket(ws: WebSocket, stream: Duplex): Socket {
  const socket = toSocket(ws, stream);
  return {
    ...socket,
    send(frames, flushed) {
      if (ws.readyState !== ws.OPEN) return;
      const bytes = wireBytes(frames);
      if (!bytes) {
        socket.send(frames, flushed);
        return;
      }
      stream.cork();
      stream.write(bytes, flushed && ifSent(flushed));
      process.nextTick(() => stream.uncork());
    },
  };
}

const ifSent = (flushed: () => void) => (error?: Error | null) => {
  if (!error) flushed();
};
