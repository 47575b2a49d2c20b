import type { Bus, NodeLife } from '../../../src/cluster/bus.ts';
import type { Clock } from '../../../src/ground/clock.ts';

type Told = Pick<Bus, 'self' | 'isHeld' | 'nodes' | 'tell' | 'onTold'>;

/** A node whose words take their time; what it holds a test can change. */
export type SlowNode = Told & { isHeld: boolean };

type SlowClusterOptions = {
  clock: Clock;
  /** How long a word is on its way, milliseconds; undefined: it never arrives. */
  delay(): number | undefined;
};

/** Nodes that hear of each other late, out of order or not at all, by a clock that a test turns. */
export class SlowCluster {
  readonly #options: SlowClusterOptions;
  readonly #lives: NodeLife[] = [];
  readonly #topics: Map<string, (data: string) => void>[] = [];

  constructor(options: SlowClusterOptions) {
    this.#options = options;
  }

  /** Another node, which all know at once. */
  open(): SlowNode {
    const { clock, delay } = this.#options;
    const lives = this.#lives;
    const all = this.#topics;
    const own = new Map<string, (data: string) => void>();
    const life = `00000000-0000-4000-8000-${String(lives.length).padStart(12, '0')}`;
    const self = { life, node: life, workspace: 'disk', version: '0.0.0', startedAt: 0 };
    lives.push(self);
    all.push(own);
    return {
      ...{ self, isHeld: true },
      nodes: () => lives,
      onTold: (topic, heard) => void own.set(topic, heard),
      tell(topic, data) {
        for (const topics of all) {
          const ms = topics === own ? undefined : delay();
          if (ms !== undefined) clock.after(ms, () => topics.get(topic)?.(data));
        }
      },
    };
  }
}
