/** How far something came, in words and as a bar. */
import classes from "./imports.module.css";

interface Props {
  label: string;
  value: number;
  max: number;
}

export function Progress({ label, value, max }: Props) {
  return (
    <div className={classes.progress}>
      <span aria-live="polite">{label}</span>
      <progress aria-label={label} value={Math.min(value, max)} max={Math.max(max, 1)} />
    </div>
  );
}
