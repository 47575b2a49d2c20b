// biome-ignore-all format: written by scripts/write-schema.ts from the event table.
import type { ConnectionEvent, LoggedEvent } from './events.ts';
import type { Shape } from './shape.ts';

/** The data of every kind that is numbered, stored and replayed. */
export const loggedShapes: Readonly<Record<LoggedEvent['type'], Shape>> = {
  "state": {"state":["enum","created","running","idle","terminated","deleted"],"message?":"string"},
  "input": {"input_id":"string","content":"string","parts?":["list",["anyOf",{"type":["enum","text"],"text":"string"},{"type":["enum","image"],"media_type":"string","data":"string","name?":"string"},{"type":["enum","file"],"file_id":"string","name?":"string"}]],"author":"string","delivery":["enum","queue","steer","interrupt","reject"],"status":["enum","queued","delivered","done","failed","cancelled","indeterminate"]},
  "input.status": {"input_id":"string","status":["enum","queued","delivered","done","failed","cancelled","indeterminate"],"turn_id?":"string","content?":"string","reason?":"string"},
  "session.forked": {"from":"string","work_dir":"string","before_turn?":"string","after_turn?":"string"},
  "session.rewound": {"turn_id":"string","turns":"int"},
  "error": {"code":"string","message":"string","event_id?":"string","details?":["record","unknown"],"retryable?":"boolean"},
  "message.start": {"id":"string","role":"string","content_type":"string","metadata?":["record","unknown"],"parent_id?":"string"},
  "message.delta": {"message_id":"string","content":"string","parent_id?":"string"},
  "message.end": {"message_id":"string","parent_id?":"string"},
  "message": {"id":"string","role":"string","content":"string","content_type?":"string","metadata?":["record","unknown"],"parent_id?":"string"},
  "message.retract": {"message_ids":["list","string"],"reason?":"string"},
  "reasoning": {"id":"string","content":"string","model?":"string","parent_id?":"string"},
  "tool_call": {"id":"string","name":"string","input":["record","unknown"],"kind?":["enum","read","edit","delete","move","search","execute","think","fetch","mcp","agent","other"],"title?":"string","status?":["enum","pending","running","completed","failed"],"locations?":["list",{"path":"string","line?":"int"}],"diff?":["list",{"path":"string","old_text":["nullable","string"],"new_text":"string"}],"parent_id?":"string"},
  "tool_update": {"id":"string","output_delta?":"string","output?":"unknown","title?":"string","status?":["enum","pending","running","completed","failed"],"locations?":["list",{"path":"string","line?":"int"}],"diff?":["list",{"path":"string","old_text":["nullable","string"],"new_text":"string"}],"parent_id?":"string"},
  "tool_result": {"id":"string","output":"unknown","error?":"string","denied?":"boolean","stopped?":"boolean","metadata?":["record","unknown"],"diff?":["list",{"path":"string","old_text":["nullable","string"],"new_text":"string"}],"parent_id?":"string"},
  "step": {"id":"string","step_type":"string","name?":"string","input?":"unknown","output?":"unknown","status?":"string","parent_id?":"string","duration?":"int"},
  "plan": {"entries":["list",{"id?":"string","content":"string","status":["enum","pending","in_progress","completed"],"priority?":["enum","high","medium","low"]}]},
  "raw": {"kind":"string","raw":"unknown"},
  "context_usage": {"total_tokens":"number","max_tokens":"number","percentage":"number","model?":"string","categories?":["list",{"name":"string","tokens":"number"}],"memory_files?":"unknown","mcp_tools?":"unknown","agents?":"unknown","skills?":"unknown"},
  "skills_list": {"skills":["list",{"name":"string","description?":"string","source?":"string"}],"total":"int","filter?":"string"},
  "mcp_status": {"servers":["list",{"name":"string","status":"string"}]},
  "session.title": {"title":"string"},
  "worker.notice": {"kind":["enum","retry","rate_limit","compaction","info","model","permission_mode","background"],"message":"string","details?":["record","unknown"]},
  "done": {"success":"boolean","stats?":["open",{"duration_ms":["nullable","number"],"time_to_first_token_ms":["nullable","number"],"tool_calls":["nullable","number"],"input_tokens":["nullable","number"],"output_tokens":["nullable","number"],"cache_read_tokens":["nullable","number"],"cache_write_tokens":["nullable","number"],"total_tokens":["nullable","number"],"cost_usd":["nullable","number"],"model":["nullable","string"],"context_used_percent":["nullable","number"],"stop_reason":["nullable","string"],"_session?":["open",{"turn_count":"int","duration_ms":["nullable","number"],"tool_calls":["nullable","number"],"input_tokens":["nullable","number"],"output_tokens":["nullable","number"],"cache_read_tokens":["nullable","number"],"cache_write_tokens":["nullable","number"],"total_tokens":["nullable","number"],"cost_usd":["nullable","number"]}]}],"dropped?":"boolean","point?":"string"},
  "permission_request": {"id":"string","tool_name":"string","description?":"string","args?":["list","string"],"input_raw?":"unknown","options?":["list",{"id":"string","label":"string","kind":["enum","allow_once","allow_always","reject_once","reject_always"]}],"policy?":{"decision":["enum","allow","ask","deny"],"rule":"string","reason":"string","command?":"string","cwd?":"string","targets?":["list","string"]},"tool_call_id?":"string","deadline_ms?":"int"},
  "permission.resolved": {"id":"string","allowed":"boolean","by":["nullable","string"],"reason":["enum","answered","timeout","policy","interrupted"],"option_id?":"string","message?":"string"},
  "question_request": {"id":"string","tool_name?":"string","questions":["list",{"question":"string","header?":"string","options":["list",{"label":"string","description?":"string","preview?":"string"}],"multi_select?":"boolean"}],"budget?":{"measure":["enum","cost","tokens","time"],"period":["enum","session","day"],"used":"number","more?":"number"},"tool_call_id?":"string","deadline_ms?":"int"},
  "question.resolved": {"id":"string","answers":["nullable",["record",["anyOf","string",["list","string"]]]],"by":["nullable","string"],"reason":["enum","answered","timeout","policy","interrupted"]},
  "elicitation_request": {"id":"string","mcp_server_name":"string","message":"string","mode?":"string","url?":"string","elicitation_id?":"string","requested_schema?":["record","unknown"],"deadline_ms?":"int"},
  "elicitation.resolved": {"id":"string","action":["enum","accept","decline","cancel"],"by":["nullable","string"],"reason":["enum","answered","timeout","policy","interrupted"]},
};

/** The data of the frames of one connection. */
export const connectionShapes: Readonly<Record<ConnectionEvent['type'], Shape>> = {
  "init_ack": {"session_id":"string","state":["enum","created","running","idle","terminated","deleted"],"server_caps":{"protocol_version":"string","worker_type":"string","supports_resume":"boolean","supports_delta":"boolean","supports_tool_call":"boolean","process?":["enum","hot","per_turn","shared"],"supports_reasoning?":"boolean","supports_permission?":"boolean","supports_question?":"boolean","supports_elicitation?":"boolean","supports_ping":"boolean","max_frame_size":"int","modalities":["list","string"],"tools?":["list","string"],"max_turns?":"int","models?":["list",{"id":"string","name?":"string","description?":"string"}],"commands?":["list",{"name":"string","description?":"string"}],"permission_modes?":["list","string"],"worker_commands?":["list","string"],"fork?":"boolean","rewind?":"boolean","queue":"boolean","steer?":"boolean","interrupt":"boolean","survives_restart?":"boolean","replay":"boolean"},"epoch?":"string","last_seq?":"int","oldest_seq?":"int","isolation?":"string","resumed?":"boolean","queue?":["list","string"],"pending?":["list","string"],"turn?":["nullable",{"id":"string","first_seq":"int"}],"role?":["enum","driver","viewer"],"duplicate?":"boolean","error?":"string","code?":"string","details?":["record","unknown"]},
  "input.receipt": {"input_id":"string","status":["enum","queued","delivered","done","failed","cancelled","indeterminate"],"turn_id?":"string","duplicate":"boolean"},
  "session.opened": {"session_id":"string","from":"string","work_dir":"string"},
  "presence": {"participants":["list",{"user":"string","role":["enum","driver","viewer"],"client?":"string","you":"boolean"}]},
  "pong": {"state":"string"},
  "control": {"action":"string","reason?":"string","delay_ms?":"number","recoverable?":"boolean","resume_session?":"boolean","auth?":{"token":"string"},"suggestion?":["record","unknown"],"details?":["record","unknown"]},
  "resync": {"reason":["enum","epoch_changed","future_seq","trimmed"],"first_seq":"int","last_seq":"int","epoch":"string"},
};
