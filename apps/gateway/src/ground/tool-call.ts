/** What an agent wants to do, in the few shapes that the policy tells apart, whatever the agent calls its tools. */
export type ToolCall =
  | { kind: 'command'; command: string; cwd: string }
  | { kind: 'read' | 'write' | 'delete'; path: string; cwd: string }
  | { kind: 'url'; url: string }
  | { kind: 'other'; name: string };
