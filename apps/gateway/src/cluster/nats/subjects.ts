/** Where the nodes of a cluster find each other at NATS. */
export type Subjects = {
  /** Where one life is asked for a stream. */
  open(life: string): string;
  /** Where the messages of one side of a stream of that life arrive; `*` for all of them. */
  stream(life: string, inbox: string): string;
  /** Where all nodes hear of a topic. */
  tell(topic: string): string;
};

/** Clusters with different secrets have different names, and do not meet. */
export const createSubjects = (cluster: string): Subjects => ({
  open: (life) => `hotplex.${cluster}.open.${life}`,
  stream: (life, inbox) => `hotplex.${cluster}.stream.${life}.${inbox}`,
  tell: (topic) => `hotplex.${cluster}.tell.${topic}`,
});
