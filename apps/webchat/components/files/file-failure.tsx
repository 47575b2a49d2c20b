import { AepError } from '@hotplex/client-sdk';
import { toErrorWords } from '../../lib/error-words.ts';
import { useTexts } from '../../lib/texts/use-texts.ts';

/** Why a file is not shown. */
export function FileFailure({ error }: { error: unknown }) {
  const texts = useTexts();
  const reason = error instanceof AepError ? error.details?.reason : undefined;
  const known = reason === 'secret' || reason === 'missing' ? texts.files[reason] : undefined;
  return (
    <p role="alert" className="px-4 py-10 text-center text-muted-foreground text-sm">
      {known ?? toErrorWords(error, texts.errors).message}
    </p>
  );
}
