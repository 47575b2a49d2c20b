import { BreakableName } from './breakable-name.tsx';

type Props = { code: string; words: string | undefined };

/** What a code of the gateway means, with the code below it; one that has no words stands for itself. */
export function WordedCode({ code, words }: Props) {
  if (words === undefined) return <BreakableName name={code} />;
  return (
    <>
      {words}
      <span className="block text-muted-foreground text-xs">
        <BreakableName name={code} />
      </span>
    </>
  );
}
