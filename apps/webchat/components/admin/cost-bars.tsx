import type { CostSeries } from '../../lib/admin/cost-series.ts';
import type { Language } from '../../lib/texts/language.ts';

type Props = {
  series: CostSeries;
  /** Pixels. */
  width: number;
  axis: { top: number; step: number };
  format: (value: number) => string;
  language: Language;
  /** What the picture shows, in a sentence. */
  label: string;
  barLabel: (day: string, index: number, value: number) => string;
};

const height = 224;
const [left, right, bottom, top] = [48, 24, 22, 8];
const fills = ['fill-chart-1', 'fill-chart-2', 'fill-chart-3', 'fill-chart-4', 'fill-chart-5'];
/** So much room a date needs below its column, pixels; half of it may stand in the right margin. */
const dateWidth = 60;

/** The drawing: an axis, and a column for each day. */
export function CostBars({ series: { names, days }, width, axis, format, language, label, barLabel }: Props) {
  const room = { x: Math.max(1, width - left - right), y: height - bottom - top };
  const slot = room.x / days.length;
  const y = (value: number) => top + room.y - (value / axis.top) * room.y;
  const ticks = Array.from({ length: Math.round(axis.top / axis.step) + 1 }, (_, index) => index * axis.step);
  const each = Math.max(1, Math.ceil(dateWidth / slot));
  const date = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  return (
    <svg role="img" aria-label={label} width={width} height={height} className="block text-[11px]">
      {ticks.map((tick) => (
        <g key={tick} aria-hidden>
          <line x1={left} x2={width - right} y1={y(tick)} y2={y(tick)} className="stroke-border" />
          <text x={left - 8} y={y(tick)} dy="0.32em" textAnchor="end" className="fill-muted-foreground">
            {format(tick)}
          </text>
        </g>
      ))}
      {days.map(({ day, values }, index) => (
        <g key={day}>
          {values.map((value, place) => {
            if (value === 0) return null;
            const below = values.slice(0, place).reduce((sum, other) => sum + other, 0);
            return (
              <rect
                key={barLabel(day, place, 0)}
                x={left + index * slot + slot * 0.1}
                width={Math.max(1, slot * 0.8)}
                y={y(below + value)}
                height={y(below) - y(below + value)}
                className={names[place] === undefined ? 'fill-muted-foreground' : fills[place]}
              >
                <title>{barLabel(day, place, value)}</title>
              </rect>
            );
          })}
          {(days.length - 1 - index) % each === 0 && (
            <text
              aria-hidden
              x={left + (index + 0.5) * slot}
              y={height - 5}
              textAnchor="middle"
              className="fill-muted-foreground"
            >
              {date.format(new Date(day))}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}
