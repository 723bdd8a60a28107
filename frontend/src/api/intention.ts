/** The key under which the server does a change once, however often it is sent. */

export interface Attempt {
  key: string;
  input: string;
}

/** Keep the key when the same input is tried again after an uncertain failure; else make a new one. */
export function keyFor(
  input: unknown,
  last: Attempt | null,
  makeKey: () => string = () => crypto.randomUUID(),
): Attempt {
  const text = input === undefined ? "" : JSON.stringify(input);
  return last?.input === text ? last : { key: makeKey(), input: text };
}
