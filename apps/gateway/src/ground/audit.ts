/** Something that somebody decided, changed or was refused, for those who look into it later. Holds no content. */
export type AuditEntry = {
  /** Whoever did it: a user, `address …` of somebody unknown; `null` for the gateway itself. */
  actor: string | null;
  sessionId: string | null;
  /** What for, e.g. `permission`, `control delete`, `POST /api/sessions`. */
  action: string;
  decision: 'allow' | 'deny';
  /** Why, in one word of ours, e.g. `answered`, `policy`, `timeout` or an error code. */
  reason: string | null;
  /** The rules of the policy that had a say. */
  rules: readonly string[];
  /** SHA-256 of what it was about, in hexadecimal; `null` if there is nothing to compare. */
  inputHash: string | null;
};

/** Takes down what was done, before its answer leaves. Throws GatewayError if that is impossible. */
export interface Audit {
  record(entry: AuditEntry): void;
}
