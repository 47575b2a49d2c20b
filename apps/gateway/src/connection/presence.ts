import type { ServerData } from '@hotplex/aep-protocol';

export type Participants = ServerData<'presence'>['participants'];

type Member = {
  user: string;
  role: 'driver' | 'viewer';
  client: string | undefined;
  /** Of those who asked to know. */
  tell: ((participants: Participants) => void) | undefined;
};

/** Who is connected to which session, told to those who asked for it (rule C5). */
export class Presence {
  readonly #rooms = new Map<string, Set<Member>>();

  /** Comes in, and hears who is there; call the returned function to leave. */
  join(sessionId: string, member: Member): () => void {
    const room = this.#rooms.get(sessionId) ?? new Set<Member>();
    this.#rooms.set(sessionId, room.add(member));
    tellAll(room);
    return () => {
      if (!room.delete(member)) return;
      if (room.size === 0) this.#rooms.delete(sessionId);
      tellAll(room);
    };
  }
}

function tellAll(room: ReadonlySet<Member>): void {
  for (const listener of room) {
    const participants = [...room].map((member) => ({
      ...{ user: member.user, role: member.role, you: member === listener },
      ...(member.client === undefined ? {} : { client: member.client }),
    }));
    listener.tell?.(participants);
  }
}
