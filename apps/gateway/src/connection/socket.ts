/** The few things a connection needs of a WebSocket. */
export interface Socket {
  /** Bytes accepted but not yet handed to the network. */
  readonly bufferedBytes: number;
  /** Sends text frames in one go; `flushed` is called when the last of them left the process. */
  send(frames: readonly string[], flushed?: () => void): void;
  close(code: number, reason: string): void;
}
