/** What is pressed: a button, or a link that looks like one. Tall enough for a finger. */
import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Link } from "wouter";

import classes from "./button.module.css";

interface Look {
  kind?: "main" | "plain" | "quiet";
  isWide?: boolean;
}

function classOf({ kind = "plain", isWide = false }: Look): string {
  return [classes.button, kind !== "plain" && classes[kind], isWide && classes.wide]
    .filter(Boolean)
    .join(" ");
}

interface ButtonProps extends Look, Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className"> {
  isPending?: boolean;
}

/** While it is pending it keeps the focus and its name, and does nothing. */
export function Button({ kind, isWide, isPending = false, onClick, ...rest }: ButtonProps) {
  const look = { ...(kind && { kind }), ...(isWide && { isWide }) };
  return (
    <button
      type="button"
      {...rest}
      className={classOf(look)}
      aria-busy={isPending || undefined}
      onClick={(event) => (isPending ? event.preventDefault() : onClick?.(event))}
    />
  );
}

interface LinkProps extends Look {
  to: string;
  state?: unknown;
  children: ReactNode;
}

/** To another screen of the portal. */
export function LinkButton({ to, state, children, ...look }: LinkProps) {
  return (
    <Link href={to} state={state} className={classOf(look)}>
      {children}
    </Link>
  );
}

/** To a file of the server. It is sent as an attachment, so the page stays. */
export function FileButton({ href, children, ...look }: Look & { href: string; children: ReactNode }) {
  return (
    <a href={href} download className={classOf(look)}>
      {children}
    </a>
  );
}
