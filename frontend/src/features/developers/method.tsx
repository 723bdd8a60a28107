/** The verb of a request, in a fixed width so that paths stand under each other. */
import classes from "./developers.module.css";

export function Method({ method }: { method: string }) {
  return (
    <span className={classes.method} data-method={method}>
      {method === "DELETE" ? "DEL" : method}
    </span>
  );
}
