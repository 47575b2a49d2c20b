import * as z from 'zod';

const data = z.record(z.string(), z.unknown());
/** Name of a connection; absent: the one that was accepted last. */
const on = z.string().optional();
/** A name under which later steps find the frame: `${name.event.data.id}`. */
const as = z.string().optional();

/** How a frame of the server goes wrong on its way. */
const fault = z.strictObject({
  /** Waits so many milliseconds before it sends. */
  delay_ms: z.int().optional(),
  /** Sends the frame twice. */
  duplicate: z.literal(true).optional(),
  /** Sends so many bytes of the WebSocket frame, then ends the link. */
  cut_at_byte: z.int().optional(),
  /** Sends the frame in pieces of so many bytes. */
  slow: z.int().positive().optional(),
});

const serverFrame = z.strictObject({
  server: z.string(),
  data: data.optional(),
  /** A label for the frame's turn. */
  turn: z.string().optional(),
  priority: z.enum(['control', 'data']).optional(),
  /** Another number than the next. */
  seq: z.int().optional(),
  ...{ on, as, fault: fault.optional() },
});

/** One thing that happens on the wire. The reference server does the server's part, the scripted peer the client's. */
export const wireStep = z.union([
  /** A connection is opened, and gets this name. */
  z.strictObject({ accept: z.string() }),
  /** The client sends a frame of this kind with at least this data. */
  z.strictObject({
    client: z.string(),
    data: data.optional(),
    id: z.string().optional(),
    version: z.string().optional(),
    times: z.int().positive().optional(),
    ...{ on, as },
  }),
  /** The client sends this text as it is, or text of so many characters. */
  z.strictObject({ client_raw: z.union([z.string(), z.int()]), on }),
  /** The client sends these bytes (base64) as a binary frame. */
  z.strictObject({ client_binary: z.base64(), on }),
  /** The server sends a frame of this kind. */
  serverFrame,
  /** The server sends this text, or these bytes (base64) as a binary frame. */
  z.strictObject({ server_raw: z.string(), on }),
  z.strictObject({ server_binary: z.base64(), on }),
  /** The server stores an event that does not reach the client; a later `replay` brings it. */
  z.strictObject({ log: z.string(), data: data.optional(), turn: z.string().optional() }),
  /** The server sends what it has stored after the number that the client's `init` named. */
  z.strictObject({ replay: z.string() }),
  /** A whole turn that says these pieces, from `input` to `state idle`. */
  z.strictObject({
    turn: z.string(),
    of: z.string(),
    content: z.string(),
    says: z.array(z.string()),
    logged_only: z.boolean().optional(),
  }),
  /** The link ends without a close frame. */
  z.strictObject({ cut: z.string() }),
  /** The server closes this connection with this code. */
  z.strictObject({ close: z.string(), code: z.int(), reason: z.string().optional() }),
  /** The client closes this connection. */
  z.strictObject({ closed: z.string() }),
  /** The server is gone and refuses connections so often; then it is back with the same log. */
  z.strictObject({ restart: z.int().nonnegative() }),
]);

export type WireStep = z.infer<typeof wireStep>;
export type ServerFrame = z.infer<typeof serverFrame>;
export type Fault = z.infer<typeof fault>;
