import { z } from 'zod';
import type { Clock, Timer } from '../ground/clock.ts';
import { type NodeReport, nodeReport } from '../ground/node-report.ts';
import type { Bus, NodeLife } from './bus.ts';

type NodeReportsOptions = {
  bus: Pick<Bus, 'self' | 'nodes' | 'tell' | 'onTold'>;
  /** How it stands here. */
  read(): NodeReport;
  clock: Clock;
};

/** A node, and how it said that it stands; undefined: it has not said so yet. */
export type ReportedNode = NodeLife & { report: NodeReport | undefined };

const topic = 'node-report';
/** How often a node says how it stands, milliseconds. */
const tellMs = 5_000;

const told = z.object({ life: z.uuid(), report: nodeReport });

/** How the nodes of a cluster stand, as each of them says now and then: for operators, who ask any of them. */
export class NodeReports {
  readonly #options: NodeReportsOptions;
  readonly #heard = new Map<string, NodeReport>();
  #timer: Timer | undefined;

  constructor(options: NodeReportsOptions) {
    this.#options = options;
    options.bus.onTold(topic, (data) => this.#hear(data));
    this.#tell();
  }

  all(): ReportedNode[] {
    const { bus, read } = this.#options;
    return bus.nodes().map((node) => ({
      ...node,
      report: node.life === bus.self.life ? read() : this.#heard.get(node.life),
    }));
  }

  close(): void {
    this.#timer?.cancel();
  }

  #tell(): void {
    const { bus, read, clock } = this.#options;
    bus.tell(topic, JSON.stringify({ life: bus.self.life, report: read() }));
    this.#timer = clock.after(tellMs, () => this.#tell());
  }

  /** NOTE: what is heard is sealed with the cluster's secret; a node of another version may say something else. */
  #hear(data: string): void {
    const heard = told.safeParse(JSON.parse(data));
    if (!heard.success) return;
    this.#heard.set(heard.data.life, heard.data.report);
    const lives = new Set(this.#options.bus.nodes().map(({ life }) => life));
    for (const life of this.#heard.keys()) if (!lives.has(life)) this.#heard.delete(life);
  }
}
