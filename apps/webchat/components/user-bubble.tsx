/** Words of the user, as they were written. */
export function UserBubble({ children }: { children: string }) {
  return (
    <p
      dir="auto"
      className="max-w-[85%] whitespace-pre-wrap break-words [unicode-bidi:plaintext] rounded-2xl rounded-br-md bg-bubble px-4 py-2.5 text-[0.95rem] leading-relaxed forced-colors:border"
    >
      {children}
    </p>
  );
}
