import type { ReactNode } from 'react';
import { classNames } from '../../lib/class-names.ts';

export type Column<Row> = {
  /** What stands above it; a column of buttons has none that is seen. */
  label: string;
  isLabelHidden?: boolean;
  cell: (row: Row) => ReactNode;
  /** Left out where the window is narrow: it is not what the table is about. */
  isWideOnly?: boolean;
  isNumber?: boolean;
  className?: string;
};

type Props<Row> = {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** What is said where there are no rows. */
  none: string;
};

/** Rows of a report. What does not fit scrolls sideways, inside its frame. */
export function DataTable<Row>({ label, columns, rows, keyOf, none }: Props<Row>) {
  if (rows.length === 0)
    return (
      <p className="rounded-lg border border-dashed px-4 py-8 text-center text-muted-foreground text-sm">
        {none}
      </p>
    );
  const place = ({ isWideOnly, isNumber, className }: Column<Row>) =>
    classNames(
      'px-2 py-2 first:pl-3 last:pr-3 md:px-3',
      isWideOnly && 'hidden md:table-cell',
      isNumber && 'text-right tabular-nums',
      className,
    );
  return (
    // What only screen readers see is placed in here, or the page would grow with it.
    <div className="relative overflow-x-auto rounded-lg border bg-card">
      <table aria-label={label} className="w-full text-sm">
        <thead>
          <tr className="border-b bg-muted text-left text-muted-foreground text-xs">
            {columns.map((column) => (
              <th
                key={column.label}
                scope="col"
                className={classNames(place(column), 'whitespace-nowrap font-medium')}
              >
                <span className={column.isLabelHidden ? 'sr-only' : undefined}>{column.label}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className="border-b last:border-0">
              {columns.map((column) => (
                <td key={column.label} className={place(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
