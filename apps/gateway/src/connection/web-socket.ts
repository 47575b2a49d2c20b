import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Socket } from './socket.ts';

/** A WebSocket as connections know one. Frames of one call leave in one write: the stream is corked around them. */
export function toSocket(ws: WebSocket, stream: Duplex): Socket {
  return {
    send(frames, flushed) {
      if (ws.readyState !== ws.OPEN) return;
      stream.cork();
      frames.forEach((frame, index) => {
        const last = index === frames.length - 1;
        ws.send(
          frame,
          { binary: false },
          last && flushed ? (error) => (error ? undefined : flushed()) : undefined,
        );
      });
      process.nextTick(() => stream.uncork());
    },
    pause: () => ws.pause(),
    resume: () => ws.resume(),
    close: (code, reason) => ws.close(code, reason),
  };
}
