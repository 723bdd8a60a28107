/** The frame of a screen below the first one: the way back, its title, and where the focus goes. */
import { type ReactNode, useEffect, useRef } from "react";
import { Link } from "wouter";

import { useWords } from "../words";
import { useHome } from "./home";
import classes from "./shell.module.css";

interface Props {
  title: string;
  /** Where Back leads; without it there is none. */
  back?: string;
  isWide?: boolean;
  children: ReactNode;
}

export function Screen({ title, back, isWide = false, children }: Props) {
  const { w } = useWords();
  const { company } = useHome();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${company.name}`;
  }, [title, company.name]);
  useEffect(() => {
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={isWide ? classes.wide : classes.narrow}>
      {back === undefined ? null : (
        <Link href={back} className={classes.back}>
          <span aria-hidden="true">‹</span> {w.shell.back}
        </Link>
      )}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </div>
  );
}
