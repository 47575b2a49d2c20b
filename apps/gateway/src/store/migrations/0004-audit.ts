import { migration } from './migration.ts';

/**
 * Numbers entries and chains them to what was written before, by whichever gateway: `audit-chain.ts` says how. It gives
 * the rows, which its caller inserts. NOTE: each statement of a volatile function sees what is committed when it begins
 * (https://www.postgresql.org/docs/current/xfunc-volatility.html), so behind the lock it sees the last record there is.
 */
const chainAudit = `create function chain_audit(entries json) returns setof audit language plpgsql volatile as $$
  declare
    entry record;
    link audit;
  begin
    if entries is null then return; end if;
    perform pg_advisory_xact_lock('audit'::regclass::bigint);
    select position, hash into link.position, link.hash from audit order by position desc limit 1;
    for entry in select * from json_to_recordset(entries) as given (time bigint, actor text, session_id text,
      action text, decision text, reason text, rules text, input_hash text, hashed text)
    loop
      link.position := coalesce(link.position, 0) + 1;
      link.previous := coalesce(link.hash, repeat('0', 64));
      link.time := entry.time;
      link.actor := entry.actor;
      link.session_id := entry.session_id;
      link.action := entry.action;
      link.decision := entry.decision;
      link.reason := entry.reason;
      link.rules := entry.rules;
      link.input_hash := entry.input_hash;
      link.hash := encode(sha256(convert_to(
        '[' || link.position || ',' || entry.hashed || ',"' || link.previous || '"]', 'UTF8')), 'hex');
      return next link;
    end loop;
  end $$`;

/** Who did what. It outlives the sessions it names, and what is in it stays as it is. */
const statements = [
  `create table audit (
    position integer primary key,
    time integer not null,
    actor text,
    session_id text,
    action text not null,
    decision text not null,
    reason text,
    rules text not null,
    input_hash text,
    previous text not null,
    hash text not null
  ) strict`,
  {
    sqlite: `create trigger audit_is_not_changed before update on audit begin
      select raise(abort, 'the audit log is append-only');
    end`,
    postgres: `create function refuse_to_change_audit() returns trigger language plpgsql as $$ begin
        raise exception 'the audit log is append-only';
      end $$;
      create trigger audit_is_not_changed before update on audit
        for each row execute function refuse_to_change_audit()`,
  },
  {
    sqlite: `create trigger audit_is_not_removed before delete on audit begin
      select raise(abort, 'the audit log is append-only');
    end`,
    postgres: `create trigger audit_is_not_removed before delete on audit
        for each row execute function refuse_to_change_audit();
      create trigger audit_is_not_emptied before truncate on audit
        for each statement execute function refuse_to_change_audit()`,
  },
  { postgres: chainAudit },
];

export const audit = migration(statements);
