import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import type { Route } from './egress-proxy.ts';

const connectMs = 15_000;

/** What Node asks for addresses: those that were decided about, so that no other answer comes in between (U3). */
export function onlyThese(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_, { all }, tell) => {
    const [first] = found;
    if (!first) tell(new Error('there is no address'), '');
    else if (all) tell(null, found);
    else tell(null, first.address, first.family);
  };
}

/** Connects to one of the addresses of a route. An attempt that takes too long is an error of the socket. */
export function dial({ host, port, addresses }: Extract<Route, { kind: 'allowed' }>): Socket {
  const socket = connect({ host, port, lookup: onlyThese(addresses), allowHalfOpen: true });
  socket.setTimeout(connectMs, () => socket.destroy(new Error(`${host} does not answer`)));
  socket.once('connect', () => socket.setTimeout(0));
  return socket;
}
