/** A time span in few characters: <0.1 s, 0.4 s, 12 s, 3 min 5 s. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 100) return '<0.1 s';
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
