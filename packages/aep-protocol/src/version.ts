/** The protocol version carried by every envelope and announced in the handshake. */
export const protocolVersion = 'aep/v1';

/** The WebSocket subprotocol a client may offer; offering it opts in to 4xxx close codes on refusal. */
export const subprotocol = 'aep.v1';
