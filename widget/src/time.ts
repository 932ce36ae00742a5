/** Return a time of day, with the date when it was another day. */
export function clock(time: number, language: string, now = Date.now()): string {
  const date = new Date(time);
  const isToday = date.toDateString() === new Date(now).toDateString();
  const options: Intl.DateTimeFormatOptions = {
    ...(isToday ? {} : { day: "numeric", month: "short" }),
    hour: "numeric",
    minute: "2-digit",
  };
  try {
    return date.toLocaleString(language, options);
  } catch {
    return date.toLocaleString(undefined, options); // the language's code isn't one
  }
}
