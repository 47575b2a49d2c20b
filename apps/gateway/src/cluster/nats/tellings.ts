import type { NatsConnection } from '@nats-io/transport-node';
import type { Logger } from '../../ground/logger.ts';
import type { ClusterKeys } from './cluster-keys.ts';
import { readLetter } from './letters.ts';
import { Listeners } from './listeners.ts';
import type { OtherLeases } from './other-leases.ts';
import type { OwnLease } from './own-lease.ts';
import type { Subjects } from './subjects.ts';

type TellingsOptions = {
  connection: NatsConnection;
  keys: ClusterKeys;
  subjects: Subjects;
  own: Pick<OwnLease, 'own'>;
  others: Pick<OtherLeases, 'isNewLetter'>;
  logger: Logger;
};

/** Words to all nodes. They are heard by those who know the life that says them, once and in order. */
export class Tellings {
  readonly #options: TellingsOptions;
  readonly #topics = new Map<string, Listeners<string>>();

  constructor(options: TellingsOptions) {
    this.#options = options;
    const { connection, subjects } = options;
    const all = subjects.tell('*');
    connection.subscribe(all, {
      // NOTE: what is thrown in here would end the reader of the connection.
      callback: (error, message) => {
        if (!error) this.#hear(message.subject.slice(all.length - 1), message.data);
      },
    });
  }

  tell(topic: string, data: string): void {
    const { connection, subjects, own } = this.#options;
    connection.publish(subjects.tell(topic), own.own.letters.write(aboutOf(topic), data));
  }

  onTold(topic: string, heard: (data: string) => void): void {
    const listeners = this.#topics.get(topic) ?? new Listeners<string>(this.#options.logger);
    this.#topics.set(topic, listeners);
    listeners.add(heard);
  }

  #hear(topic: string, data: Uint8Array): void {
    const { keys, others } = this.#options;
    const letter = readLetter(data, aboutOf(topic), keys);
    if (letter && others.isNewLetter(letter.from, letter.number)) this.#topics.get(topic)?.tell(letter.text);
  }
}

const aboutOf = (topic: string): string => `telling of ${topic}`;
