/** The few things a connection needs of a WebSocket. */
export interface Socket {
  /** Sends text frames in one go; `flushed` is called when the last of them left the process. */
  send(frames: readonly Buffer[], flushed?: () => void): void;
  /** Stops reading: what the peer sends waits in the network. */
  pause(): void;
  resume(): void;
  close(code: number, reason: string): void;
}
