import type { Kysely } from 'kysely';

/** Sessions with their log, inputs and interactions, and what sign-in remembers. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sessions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('owner_id', 'text', (column) => column.notNull())
    .addColumn('bot_id', 'text')
    .addColumn('worker_type', 'text', (column) => column.notNull())
    .addColumn('client_key', 'text', (column) => column.notNull())
    .addColumn('title', 'text')
    .addColumn('work_dir', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('config', 'text', (column) => column.notNull())
    .addColumn('native_session_id', 'text')
    .addColumn('epoch', 'text', (column) => column.notNull())
    .addColumn('last_seq', 'integer', (column) => column.notNull())
    .addColumn('turn', 'text')
    .addColumn('totals', 'text', (column) => column.notNull())
    .addColumn('created_at', 'integer', (column) => column.notNull())
    .addColumn('updated_at', 'integer', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('sessions_by_owner')
    .on('sessions')
    .columns(['owner_id', 'updated_at', 'id'])
    .execute();
  await db.schema.createIndex('sessions_by_state').on('sessions').columns(['state', 'updated_at']).execute();

  await db.schema
    .createTable('events')
    .addColumn('session_id', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('turn_id', 'text')
    .addColumn('timestamp', 'integer', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('events_key', ['session_id', 'seq'])
    .execute();

  await db.schema
    .createTable('inputs')
    .addColumn('session_id', 'text', (column) => column.notNull())
    .addColumn('input_id', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('record', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('inputs_key', ['session_id', 'input_id'])
    .execute();
  await db.schema
    .createIndex('inputs_by_status')
    .on('inputs')
    .columns(['session_id', 'status', 'position'])
    .execute();

  await db.schema
    .createTable('interactions')
    .addColumn('session_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('record', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('interactions_key', ['session_id', 'id'])
    .execute();
  await db.schema
    .createIndex('interactions_by_status')
    .on('interactions')
    .columns(['session_id', 'status'])
    .execute();

  await db.schema
    .createTable('refresh_tokens')
    .addColumn('digest', 'text', (column) => column.primaryKey())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'integer', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('revoked_tokens')
    .addColumn('jti', 'text', (column) => column.primaryKey())
    .addColumn('expires_at', 'integer', (column) => column.notNull())
    .execute();
}
