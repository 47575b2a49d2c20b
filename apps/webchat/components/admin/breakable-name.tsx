import { Fragment } from 'react';

/** A name that is long and has no spaces, such as that of a setting or a route: it breaks where its parts end. */
export function BreakableName({ name }: { name: string }) {
  return name.split(/(?<=[._/])/).map((part, index) => (
    <Fragment key={index}>
      {part}
      <wbr />
    </Fragment>
  ));
}
