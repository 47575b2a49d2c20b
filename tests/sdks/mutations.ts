/** A change that makes a client break a rule, and the scenarios that have to notice. */
export type Mutation = {
  rule: string;
  file: string;
  from: string;
  to: string;
  noticed: string;
};

/** Of the TypeScript SDK and the decoder it uses. */
export const typescriptMutations: readonly Mutation[] = [
  {
    rule: 'R1',
    file: 'client-sdk/src/event-cursor.ts',
    from: "if (seq <= this.lastSeq) return 'seen';",
    to: '',
    noticed: 'duplicates',
  },
  {
    rule: 'R1',
    file: 'client-sdk/src/event-cursor.ts',
    from: 'if (!this.#unknown.has(before))',
    to: 'if (false)',
    noticed: 'gap',
  },
  {
    rule: 'R3',
    file: 'client-sdk/src/event-cursor.ts',
    from: 'last_seq: this.#lastSeq,',
    to: 'last_seq: 0,',
    noticed: 'cut-in-a-frame',
  },
  {
    rule: 'R3',
    file: 'client-sdk/src/event-cursor.ts',
    from: 'this.#lastSeq = firstSeq - 1;',
    to: '',
    noticed: 'resync-trimmed',
  },
  {
    rule: 'I1',
    file: 'client-sdk/src/requests.ts',
    from: "const data: ClientData<'input'> = { content, input_id: inputId };",
    to: "const data: ClientData<'input'> = { content, input_id: crypto.randomUUID() };",
    noticed: 'unanswered-prompt',
  },
  {
    rule: 'I1',
    file: 'client-sdk/src/turn-book.ts',
    from: 'if (known && isSame(known.input, input)) return known.turn;',
    to: '',
    noticed: 'one-id-two-prompts',
  },
  {
    rule: 'H8',
    file: 'client-sdk/src/client.ts',
    from: "if (event.type === 'control' && event.data.action === 'reauth') void this.#link.reauthenticate();",
    to: '',
    noticed: 'reauthentication',
  },
  {
    rule: 'C2',
    file: 'aep-protocol/src/close-codes.ts',
    from: 'code: 4404, reconnect: false',
    to: 'code: 4404, reconnect: true',
    noticed: 'close-codes',
  },
  {
    rule: 'C4',
    file: 'client-sdk/src/client.ts',
    from: "if (error.code !== 'RECONNECT_REQUIRED') this.#outbox.refuse",
    to: 'this.#outbox.refuse',
    noticed: 'late-prompt',
  },
  {
    rule: 'E2',
    file: 'client-sdk/src/turn.ts',
    from: 'for (const id of event.data.message_ids) this.#texts.delete(id);',
    to: '',
    noticed: 'text-of-a-turn',
  },
  {
    rule: 'F2',
    file: 'aep-protocol/src/decode-server-frame.ts',
    from: 'if (version !== protocolVersion) {',
    to: 'if (false) {',
    noticed: 'garbage',
  },
  {
    rule: 'F5',
    file: 'client-sdk/src/socket.ts',
    from: "else if (decoded.outcome === 'ignored') options.onUnknown(decoded.seq);",
    to: '',
    noticed: 'newer-kinds',
  },
  {
    rule: 'F2',
    file: 'aep-protocol/src/server-shapes.ts',
    from: '"message.delta": {"message_id":"string",',
    to: '"message.delta": {"message_id":"unknown",',
    noticed: 'garbage',
  },
];

/** Of the Python SDK. */
export const pythonMutations: readonly Mutation[] = [
  {
    rule: 'R1',
    file: 'event_cursor.py',
    from: '        if seq <= self.last_seq:\n            return "seen"\n',
    to: '',
    noticed: 'duplicates',
  },
  {
    rule: 'R1',
    file: 'event_cursor.py',
    from: 'if any(before not in self._unknown',
    to: 'if any(False',
    noticed: 'gap',
  },
  {
    rule: 'R3',
    file: 'event_cursor.py',
    from: '"last_seq": self._last_seq,',
    to: '"last_seq": 0,',
    noticed: 'cut-in-a-frame',
  },
  {
    rule: 'I1',
    file: 'client.py',
    from: '        for pending in self._turns.unconfirmed:\n            self._send(pending.event_id, self._input_frame(pending))\n',
    to: '',
    noticed: 'unanswered-prompt',
  },
  {
    rule: 'F4',
    file: 'model.py',
    from: 'strict=True',
    to: 'strict=False, coerce_numbers_to_str=True',
    noticed: 'garbage',
  },
  {
    rule: 'C2',
    file: 'codes.py',
    from: '4403, 4404',
    to: '4403',
    noticed: 'close-codes',
  },
];

/** Of the Go SDK. */
export const goMutations: readonly Mutation[] = [
  {
    rule: 'R1',
    file: 'client_receive.go',
    from: 'if envelope.Seq <= client.lastSeq {',
    to: 'if false {',
    noticed: 'duplicates',
  },
  {
    rule: 'R1',
    file: 'client_receive.go',
    from: 'return errMissing',
    to: 'continue',
    noticed: 'gap',
  },
  {
    rule: 'R3',
    file: 'client_link.go',
    from: 'data.LastSeq = &client.lastSeq',
    to: 'data.LastSeq = new(int64)',
    noticed: 'cut-in-a-frame',
  },
  {
    rule: 'I1',
    file: 'client_receive.go',
    from: 'slices.Clone(client.turns.unconfirmed)',
    to: 'slices.Clone(client.turns.unconfirmed[:0])',
    noticed: 'unanswered-prompt',
  },
  {
    rule: 'I1',
    file: 'turn_book.go',
    from: 'if isKnown && bytes.Equal(known.input.body, input.body) {',
    to: 'if isKnown && bytes.Equal(nil, input.body) {',
    noticed: 'one-id-two-prompts',
  },
  {
    rule: 'H8',
    file: 'client_receive.go',
    from: 'connection != nil && canRenew(client.options.Auth)',
    to: 'connection == nil',
    noticed: 'reauthentication',
  },
  {
    rule: 'E2',
    file: 'turn.go',
    from: 'turn.dropText(id)',
    to: '_ = id',
    noticed: 'text-of-a-turn',
  },
  {
    rule: 'F2',
    file: 'record.go',
    from: '\ttext, ok := value.(string)\n\treturn text, ok',
    to: '\ttext, _ := value.(string)\n\treturn text, true',
    noticed: 'garbage',
  },
  {
    rule: 'F5',
    file: 'client_receive.go',
    from: 'client.newer[envelope.Seq] = struct{}{}',
    to: '',
    noticed: 'newer-kinds',
  },
  {
    rule: 'C2',
    file: 'codes.go',
    from: '4403, 4404',
    to: '4403',
    noticed: 'close-codes',
  },
];

/** Of the Java SDK. */
export const javaMutations: readonly Mutation[] = [
  {
    rule: 'R1',
    file: 'Conversation.java',
    from: '    if (seq <= lastSeq()) return;\n',
    to: '',
    noticed: 'duplicates',
  },
  {
    rule: 'R1',
    file: 'Conversation.java',
    from: 'throw new Link.Broken("a number is missing");',
    to: 'unknown.clear();',
    noticed: 'gap',
  },
  {
    rule: 'R3',
    file: 'Conversation.java',
    from: '        lastSeq,\n',
    to: '        0L,\n',
    noticed: 'cut-in-a-frame',
  },
  {
    rule: 'I1',
    file: 'Conversation.java',
    from: '    turns.unconfirmed().forEach(this::send);\n',
    to: '',
    noticed: 'unanswered-prompt',
  },
  {
    rule: 'F4',
    file: 'Json.java',
    from: 'CoercionInputShape.Integer, CoercionAction.Fail',
    to: 'CoercionInputShape.Integer, CoercionAction.TryConvert',
    noticed: 'garbage',
  },
  {
    rule: 'C2',
    file: 'protocol/Protocol.java',
    from: '4403, 4404',
    to: '4403',
    noticed: 'close-codes',
  },
  {
    rule: 'E2',
    file: 'TurnText.java',
    from: 'it.messageIds().forEach(blocks::remove);',
    to: '',
    noticed: 'text-of-a-turn',
  },
];
