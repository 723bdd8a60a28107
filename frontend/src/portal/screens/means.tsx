/** What will happen, in words and numbers, before it is confirmed. */
import { useAllWords } from "../words";
import classes from "./means.module.css";

export function Means({ lines }: { lines: readonly (string | null)[] }) {
  const { w } = useAllWords();
  return (
    <section className={classes.means} aria-live="polite" aria-label={w.promise.meaning}>
      <h2>{w.promise.meaning}</h2>
      <ul>
        {lines.map((line) => (line === null ? null : <li key={line}>{line}</li>))}
      </ul>
    </section>
  );
}
