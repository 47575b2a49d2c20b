/** What is said of a span: names, codes and numbers, never content. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** A stretch of work that a trace shows. */
export interface Span {
  /** Unix milliseconds; `failure` is a code. */
  end(at: number, outcome?: { attributes?: SpanAttributes; failure?: string }): void;
}

export type SpanStart = {
  name: string;
  /** Unix milliseconds. */
  at: number;
  /** The span it is a part of; or, as a client sent it, a `traceparent` of W3C Trace Context. Neither: a trace of its own. */
  parent?: Span | string | undefined;
  /** Whether it answers somebody outside. */
  isServer?: boolean;
  attributes: SpanAttributes;
};

/** Where the gateway says what took how long; handed in where somebody wants to know. */
export interface Tracing {
  start(span: SpanStart): Span;
}
