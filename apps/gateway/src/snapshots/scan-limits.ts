/** How much of a work dir is covered. */
export type ScanLimits = {
  maxFiles: number;
  maxFileBytes: number;
  /** How long a look may take. */
  timeoutMs: number;
};
