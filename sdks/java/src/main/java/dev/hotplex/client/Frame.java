package dev.hotplex.client;

/** What a frame of a gateway is to this client. */
sealed interface Frame {
  /** An event that this client knows. */
  record Known(Envelope envelope) implements Frame {}

  /** A kind that this client does not know. Its number may be one of the log. */
  record Unknown(String type, long seq) implements Frame {}
}
