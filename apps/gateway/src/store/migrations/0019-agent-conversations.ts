import { migration } from './migration.ts';

/**
 * Which conversations of agents were ever a session's, and whose: they stay after the session, so that nobody takes
 * what another said for something from a terminal. Kept by triggers, since a session gets its conversation in many ways.
 */
const note = `insert into agent_conversations (worker_type, native_id, owner_id, session_id)
  values (new.worker_type, new.native_session_id, new.owner_id, new.id)
  on conflict (worker_type, native_id) do update set session_id = excluded.session_id;`;

const statements = [
  `create table agent_conversations (
    worker_type text not null,
    native_id text not null,
    owner_id text not null,
    session_id text not null,
    primary key (worker_type, native_id)
  ) without rowid`,
  {
    sqlite: `insert or ignore into agent_conversations
      select worker_type, native_session_id, owner_id, id from sessions where native_session_id is not null`,
    postgres: `create function note_conversation() returns trigger language plpgsql as $$ begin
        ${note}
        return null;
      end $$`,
  },
  {
    sqlite: `create trigger conversation_of_new_session after insert on sessions
      when new.native_session_id is not null begin ${note} end`,
    postgres: `create trigger conversation_of_new_session after insert on sessions
      for each row when (new.native_session_id is not null) execute function note_conversation()`,
  },
  {
    sqlite: `create trigger conversation_of_session after update of native_session_id on sessions
      when new.native_session_id is not null begin ${note} end`,
    postgres: `create trigger conversation_of_session after update of native_session_id on sessions
      for each row when (new.native_session_id is not null and new.native_session_id is distinct from old.native_session_id)
      execute function note_conversation()`,
  },
];

export const agentConversations = migration(statements);
