/** Marks a SQLite file as HotPlex’s own: `HPLX` in its header, where SQLite keeps the application id. */
export const applicationId = 0x48504c58;

/** Every step of the schema, oldest first; a database records those it has taken. */
export const migrationNames = [
  '0001-first-schema',
  '0002-workers',
  '0003-search',
  '0004-audit',
  '0005-api-keys',
  '0006-sign-in-roles',
  '0007-credential-owners',
  '0008-hook-deliveries',
  '0009-named-sessions',
  '0010-share-links',
  '0011-archived-sessions',
  '0012-usage-by-day',
  '0013-config-history',
  '0014-waiting-inputs',
  '0015-push-devices',
  '0016-sign-in-codes',
  '0017-approval-links',
  '0018-work-by-day',
  '0019-agent-conversations',
] as const;

export type MigrationName = (typeof migrationNames)[number];
