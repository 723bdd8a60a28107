/**
 * A mail as its reader sees it, in a frame that runs no script, opens nothing and leaves nowhere.
 * The frame keeps our origin only so that its height can be read.
 */
import { type SyntheticEvent, useState } from "react";

import classes from "./mail-frame.module.css";

const FIRST_HEIGHT = 320;

export function MailFrame({ html, title }: { html: string; title: string }) {
  const [height, setHeight] = useState(FIRST_HEIGHT);
  const fit = (event: SyntheticEvent<HTMLIFrameElement>) => {
    const { contentDocument: inside } = event.currentTarget;
    if (inside) setHeight(inside.documentElement.scrollHeight);
  };
  return (
    <iframe
      className={classes.frame}
      title={title}
      sandbox="allow-same-origin"
      srcDoc={html}
      referrerPolicy="no-referrer"
      style={{ height }}
      onLoad={fit}
    />
  );
}
