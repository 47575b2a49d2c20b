/** A stream of values that are there already. NOTE: Chromium and Safari have no `ReadableStream.from`. */
export function toReadable<T>(values: Iterable<T>): ReadableStream<T> {
  return new ReadableStream<T>({
    start(controller) {
      for (const value of values) controller.enqueue(value);
      controller.close();
    },
  });
}
