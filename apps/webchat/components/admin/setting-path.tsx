import { Fragment } from 'react';

/** The dotted name of a setting, which breaks where its words end. */
export function SettingPath({ path }: { path: string }) {
  const parts = path.split(/(?<=[._])/);
  return (
    <code className="text-xs">
      {parts.map((part, index) => (
        <Fragment key={index}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </code>
  );
}
